"""A case walked in browsers: asked for by a call, written, scored by two experts, improved, public, in the bulletin."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import make_issue, make_unit, make_user
from tests.factories.case import WORDS
from tests.flows.story.area import COUNTY, Area, day, go, is_told, make_area, nothing_waits, take_up
from tests.flows.story.cast import follow, press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]

CALL, CASE = "共同体建设案例", "两校教师同备一堂课"
MORE = "一年来共有46人参加。"
ADVICE = "做法实在，请补充参加人数。"


@pytest.fixture
def area(live_portal: LivePortal) -> Area:
    people = make_area()
    make_issue(people.editor)
    return people


@pytest.fixture
def experts(area: Area) -> list[User]:
    return [make_user(Role.EXPERT, make_unit(name=f"{name}大学"), name=f"{name}专家") for name in ("远山", "白云")]


@pytest.fixture
def as_user(page_of: AsUser) -> AsUser:
    """Everybody signs in once and keeps his window."""
    return cache(page_of)


def test_a_case_from_the_call_to_the_library_and_the_bulletin(
    live_portal: LivePortal, area: Area, experts: list[User], as_user: AsUser, browser: Browser
) -> None:
    editor, county = as_user(area.editor), as_user(area.county)
    reviewer = as_user(make_user(Role.REVIEWER, name="省办审核"))
    call_for_cases(editor)
    answer(county)
    ask_experts(editor, experts)
    for expert, points in zip(experts, ("0.8", "0.9"), strict=True):
        score(as_user(expert), points)
    return_it(editor)
    improve(county)
    keep(editor)
    publish(reviewer)
    anybody_reads_it(browser.new_page(base_url=live_portal.address))
    into_the_bulletin(editor)


def call_for_cases(page: Page) -> None:
    page.goto("/desk/calls/new/")
    page.get_by_label("主题", exact=True).fill(CALL)
    page.get_by_label("征集什么").select_option(label="典型案例")
    page.get_by_label("要求", exact=True).fill("请写共同体建设中做成了的一件事。")
    page.get_by_label("截止日期").fill(day(20))
    page.get_by_label("指定单位").fill(COUNTY)
    press(page, "下一步：核对名单")
    press(page, "发出")
    reads(page, "已发给1个单位。", "案例征集")


def answer(page: Page) -> None:
    """The county finds the call under 待办事项; the form of a case opens with the frame's parts."""
    take_up(page, "案例征集", CALL)
    press(page, "写案例")
    page.get_by_label("标题").fill(CASE)
    page.get_by_label("主题").select_option(label="教师发展")
    for name, words in WORDS.items():
        page.get_by_label(name).fill(words)
    press(page, "保存并报送")
    reads(page, "已送出。", "已报送")
    nothing_waits(page, "案例征集")


def ask_experts(page: Page, experts: list[User]) -> None:
    take_up(page, "安排案例评审", CASE)
    for expert in experts:
        page.get_by_label(expert.name).check()
    press(page, "请他们评审")
    reads(page, "已请2位专家评审", "评审中")


def score(page: Page, share: str) -> None:
    """An expert sees the case beside the form; of the other one he sees nothing."""
    take_up(page, "评审案例", CASE)
    reads(page, "三、经验启示")
    for points in page.get_by_role("spinbutton").all():
        points.fill(str(round(float(points.get_attribute("max") or 0) * float(share))))
    page.get_by_label("评审意见").fill(ADVICE)
    press(page, "提交评分")
    reads(page, "评分已提交", "已评分")
    expect(page.get_by_text("平均分")).to_have_count(0)


def return_it(page: Page) -> None:
    """The office reads averages and spread, and sends it back for another round."""
    take_up(page, "决定案例是否入库", CASE)
    reads(page, "平均分", "最低—最高", "远山专家")
    page.get_by_text("退回修改").first.click()
    page.get_by_label("理由（对方会看到）").first.fill("请按专家意见修改。")
    press(page, "退回修改")
    reads(page, "已退回修改")


def improve(page: Page) -> None:
    """The unit reads the words without names, mends the text and sends it in again; the difference is kept."""
    is_told(page, "已退回修改")
    take_up(page, "修改后重报案例", CASE)
    reads(page, ADVICE, "请按专家意见修改。")
    expect(page.get_by_text("远山专家")).to_have_count(0)
    follow(page, "修改")
    page.get_by_label("经验启示").fill(WORDS["经验启示"] + MORE)
    press(page, "保存并报送")
    reads(page, "已送出。")
    page.get_by_role("link", name="第2稿").click()
    expect(page.locator("ins", has_text=MORE)).to_be_visible()


def keep(page: Page) -> None:
    take_up(page, "安排案例评审", CASE)
    press(page, "入库")
    reads(page, "已入库")


def publish(page: Page) -> None:
    take_up(page, "决定案例是否公开", CASE)
    press(page, "公开")
    reads(page, "已公开")


def anybody_reads_it(page: Page) -> None:
    """Signed in or not; simplified or traditional."""
    page.goto("/library/?q=同備")
    follow(page, CASE)
    reads(page, CASE, MORE, COUNTY)
    expect(page.get_by_role("link", name="Word")).to_be_visible()


def into_the_bulletin(page: Page) -> None:
    go(page, "典型案例")
    follow(page, CASE)
    follow(page, "编入工作动态")
    page.get_by_label("栏目").select_option(label="他山之石")
    page.get_by_label("正文").fill("两校教师轮流做东，一起备课、上课、评课。")
    press(page, "编入本期")
    reads(page, "已编入本期", "两校教师轮流做东")
    page.get_by_role("article").get_by_role("link", name=CASE).click()
    reads(page, "编入工作动态", "【他山之石】")
