"""A round of 捆绑式考核 walked in browsers: self-assessment, county, two reviewers, an objection, the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pilots.models import AssessedCommunity, Assessment
from portal.accounts.models import User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user
from tests.factories.assessment import make_assessment, make_expert
from tests.factories.community import make_community
from tests.flows.story.area import go, nothing_waits, take_up
from tests.flows.story.cast import follow, press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]
LEAD, MEMBER = "青山县实验小学", "青山县河湾小学"
ROUND, COMMUNITY = "城乡共同体考核", "实验小学城乡共同体"


@dataclass(frozen=True)
class People:
    """The office, the bureau, an officer in each school, two experts from outside."""

    editor: User
    county: User
    lead: User
    member: User
    experts: tuple[User, User]


@pytest.fixture
def people(live_portal: LivePortal) -> People:
    county = make_unit(UnitKind.COUNTY, "青山县")
    lead, member = (make_unit(UnitKind.SCHOOL, name, parent=county) for name in (LEAD, MEMBER))
    editor = make_user(Role.EDITOR, name="省办编辑")
    make_assessment(editor, [make_community(county, lead=lead, members=[member], name=COMMUNITY)])
    return People(editor, make_officer(county), make_officer(lead), make_officer(member), (_expert(), _expert()))


def _expert() -> User:
    return make_expert(make_unit(UnitKind.UNIVERSITY))


def test_from_self_assessment_to_the_published_result(people: People, page_of: AsUser) -> None:
    editor, lead, member = (page_of(one) for one in (people.editor, people.lead, people.member))
    step(editor, "开始自评", "自评")
    write(lead, "A1 资源输出", "38", "开放课程八门。")
    write(lead, "C1 共同教研", "18", "每两周一次。")
    hand_in(lead)
    write(member, "B1 质量提高", None, "开齐了音乐、体育、美术课。")
    hand_in(member)
    step(editor, "转入县级复核", "县级复核")
    review_for_county(page_of(people.county))
    name_reviewers(editor, people)
    step(editor, "转入专家评审", "专家评审")
    first, second = (page_of(one) for one in people.experts)
    score(first, "30", "材料实。")
    score(second, "36", "进步明显。")
    step(editor, "公示结果", "公示（受理异议）")
    object_to(member)
    answer(editor)
    publish(editor)
    read_result(member)
    no_longer_open(first)


def step(page: Page, label: str, state: str) -> None:
    """The next step of the round, by who holds it."""
    open_round(page)
    press(page, label)
    expect(page.get_by_role("heading", level=1)).to_contain_text(state)


def open_round(page: Page) -> None:
    go(page, "考核评价")
    follow(page, ROUND)


def write(page: Page, item: str, points: str | None, words: str) -> None:
    """One item of one's own sheet."""
    take_up(page, "完成自评并提交", COMMUNITY)
    follow(page, item)
    if points is not None:
        page.get_by_label("自评得分").fill(points)
    page.get_by_label("自评说明").fill(words)
    press(page, "保存")
    reads(page, "自评已保存。")


def hand_in(page: Page) -> None:
    take_up(page, "完成自评并提交", COMMUNITY)
    press(page, "提交自评")
    reads(page, "自评已提交。")
    nothing_waits(page, "完成自评并提交")


def review_for_county(page: Page) -> None:
    """Fewer points than the school gave itself need a reason."""
    take_up(page, "复核自评", COMMUNITY)
    follow(page, "A1 资源输出")
    page.get_by_label("核定得分").fill("36")
    press(page, "保存核定意见")
    reads(page, "请写明理由，学校会看到")
    page.get_by_label("核定理由").fill("两门课程还没有开。")
    press(page, "保存核定意见")
    press(page, "完成复核")
    reads(page, "已完成复核。")


def name_reviewers(page: Page, people: People) -> None:
    open_round(page)
    follow(page, COMMUNITY)
    for expert in people.experts:
        page.get_by_role("combobox", name="评审专家").fill(f"{expert.name}（{expert.username}）")
        press(page, "指定专家")
        expect(page.locator(".list-group-item", has_text=expert.name)).to_be_visible()


def score(page: Page, points: str, words: str) -> None:
    """A reviewer finds what he scores, and nothing of what the other gave."""
    take_up(page, "评审打分", COMMUNITY)
    reads(page, "开齐了音乐、体育、美术课。")
    expect(page.get_by_text("材料实。")).to_have_count(0)
    expect(page.get_by_text("资源输出")).to_have_count(0)
    page.get_by_role("spinbutton", name="得分").fill(points)
    page.get_by_role("textbox", name="评语").fill(words)
    press(page, "提交评分")
    reads(page, "评分已提交，谢谢您。")


def object_to(page: Page) -> None:
    """The school reads average and spread without names, and objects."""
    open_round(page)
    follow(page, COMMUNITY)
    reads(page, "2位专家平均33，相差6")
    follow(page, "B1 质量提高")
    reads(page, "专家1")
    page.get_by_label("异议内容和理由").fill("漏看了公开课的材料。")
    press(page, "提出异议")
    reads(page, "异议已提交，请等待答复。")


def answer(page: Page) -> None:
    """It is right: new points and the reason."""
    take_up(page, "答复异议", MEMBER)
    page.get_by_label("处理意见").select_option("yes")
    page.get_by_label("改后得分").fill("35")
    page.get_by_role("textbox", name="答复").fill("材料已补看，情况属实。")
    press(page, "答复")
    reads(page, "异议已答复。", "（33分改为35分）")


def publish(page: Page) -> None:
    """Not before the time for objections is over."""
    open_round(page)
    press(page, "公布结果")
    reads(page, "异议期还没有结束")
    _let_time_pass()
    step(page, "公布结果", "已公布")
    reads(page, "结果校验码")


def _let_time_pass() -> None:
    day = timezone.localdate() - timedelta(days=1)
    names = ("self_until", "county_until", "review_until", "objections_until")
    Assessment.objects.update(**dict.fromkeys(names, day))


def read_result(page: Page) -> None:
    """36 of the lead as the county set it, 35 after the objection, 18 shared; Word and Excel tables of it."""
    open_round(page)
    expect(page.get_by_role("row", name=COMMUNITY)).to_contain_text("89")
    for label, ending in (("Word表", ".docx"), ("Excel表", ".xlsx")):
        with page.expect_download() as download:
            follow(page, label)
        assert download.value.suggested_filename.endswith(ending)
    follow(page, COMMUNITY)
    with page.expect_download() as download:
        follow(page, "Word表")
    assert COMMUNITY in download.value.suggested_filename


def no_longer_open(page: Page) -> None:
    """A reviewer's way in ends with his time."""
    found = AssessedCommunity.objects.get()
    go(page, "考核评价")
    reads(page, "现在没有需要您评审的内容。")
    shown = page.goto(f"/assessments/sheets/{found.pk}/")
    assert shown is not None
    assert shown.status == 404
