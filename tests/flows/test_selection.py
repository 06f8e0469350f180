"""遴选 walked in browsers: a county is recommended, weighed and chosen; then a school of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from tests.flows.story.area import (
    COUNTY,
    OTHER_COUNTY,
    PREFECTURE,
    SCHOOL,
    UNIVERSITY,
    Area,
    day,
    go,
    is_told,
    make_area,
    nothing_waits,
    row_of,
    take_up,
)
from tests.flows.story.cast import follow, press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]

COUNTIES, SCHOOLS = "首批试点县遴选", "首批试点学校遴选"
SCORED, REQUIRED = "保障条件", "近三年无重大责任事故"
WISH = "请补充教研活动的安排。"


@pytest.fixture
def area(live_portal: LivePortal) -> Area:
    return make_area()


@pytest.fixture
def as_user(page_of: AsUser) -> AsUser:
    """Everybody signs in once and keeps his window."""
    return cache(page_of)


def test_a_county_is_chosen_and_then_a_school_of_it(area: Area, as_user: AsUser) -> None:
    editor = as_user(area.editor)
    begin_round(editor, COUNTIES, "试点县（市、区）")
    the_prefecture_recommends_two(as_user(area.prefecture))
    the_university_says_what_it_thinks(as_user(area.university))
    the_office_chooses_one_county(editor)
    is_told(as_user(area.county), COUNTIES)

    begin_round(editor, SCHOOLS, "试点学校")
    the_county_sends_up_a_school(as_user(area.county))
    it_comes_back_once(editor, as_user(area.county))
    decide(editor, SCHOOL, "确认入选", "已确认入选。")
    go(as_user(area.school), "试点管理")
    follow(as_user(area.school), "试点学校")
    expect(row_of(as_user(area.school), SCHOOL)).to_contain_text(SCHOOLS)


def begin_round(page: Page, name: str, level: str) -> None:
    """The office says what is sought, until when and by which criteria, and begins."""
    go(page, "试点管理", "遴选")
    follow(page, "准备遴选")
    page.get_by_label("名称", exact=True).fill(name)
    page.get_by_label("遴选对象").select_option(label=level)
    page.get_by_label("开始日期", exact=True).fill(day())
    page.get_by_label("截止日期", exact=True).fill(day(10))
    page.get_by_label("第1行标准").fill(SCORED)
    page.get_by_label("第1行最高分").fill("60")
    page.get_by_label("第2行标准").fill(REQUIRED)
    page.get_by_label("第2行必须达到").check()
    press(page, "保存")
    reads(page, "已保存。核对标准后，点“开始遴选”。", SCORED, REQUIRED)
    press(page, "开始遴选")
    reads(page, "已开始遴选。", "进行中")


def the_prefecture_recommends_two(page: Page) -> None:
    """Asked under 待办事项; a criterion that must be met stops what does not meet it."""
    take_up(page, "推荐试点县", COUNTIES)
    put_forward(page, COUNTY, "县（市、区）")
    page.get_by_label("推荐理由").fill("有专人负责，结对学校已选好。")
    page.get_by_label(f"{SCORED}得分").fill("52")
    press(page, "保存并推荐")
    reads(page, f"标准“{REQUIRED}”必须达到。{COUNTY}还没有达到，不能推荐。")
    page.get_by_label("达到", exact=True).check()
    press(page, "保存并推荐")
    reads(page, "已推荐，请等待省协同提质办办理。", "52／60")

    follow(page, COUNTIES)
    put_forward(page, OTHER_COUNTY, "县（市、区）")
    fill_in(page, "愿意参加。", "30")
    press(page, "保存并推荐")
    reads(page, "已推荐，请等待省协同提质办办理。")
    nothing_waits(page, "推荐试点县")


def the_university_says_what_it_thinks(page: Page) -> None:
    go(page, "试点管理", "遴选")
    follow(page, COUNTIES)
    follow(page, COUNTY)
    page.get_by_label("意见", exact=True).select_option(label="赞成")
    page.get_by_label("说明").fill("我校教师到过这里，学校愿意做。")
    press(page, "发表意见")
    reads(page, "意见已记录，公布结果前可以修改。")


def the_office_chooses_one_county(page: Page) -> None:
    """Side by side, then one by one; the result is public only when the office says so."""
    go(page, "试点管理", "遴选")
    follow(page, COUNTIES)
    expect(row_of(page, COUNTY)).to_contain_text(re.compile(r"52[\s\S]*赞成1"))
    expect(row_of(page, OTHER_COUNTY)).to_contain_text("30")
    decide(page, f"{PREFECTURE}：{COUNTY}", "确认入选", "已确认入选。", before=(UNIVERSITY, "我校教师到过这里"))
    take_up(page, "办理推荐", OTHER_COUNTY)
    page.locator("summary", has_text="不予通过").click()
    page.locator("details[open]").get_by_label("理由").fill("本批名额已满，请参加下一批。")
    press(page.locator("details[open]"), "不予通过")
    reads(page, "已不予通过。", "未通过：本批名额已满")
    follow(page, COUNTIES)
    press(page, "结束推荐")
    reads(page, "已结束推荐。")
    take_up(page, "公布遴选结果", COUNTIES)
    press(page, "公布结果")
    reads(page, "已公布结果。", "已公布")
    go(page, "试点管理")
    expect(row_of(page, COUNTY)).to_contain_text(COUNTIES)
    expect(row_of(page, OTHER_COUNTY)).to_have_count(0)


def the_county_sends_up_a_school(page: Page) -> None:
    """A school is sent up with its figures of this school year."""
    take_up(page, "上报试点学校", SCHOOLS)
    put_forward(page, SCHOOL, "学校（园）")
    fill_in(page, "教师愿意参加教研。", "50")
    press(page, "先保存")
    take_up(page, "填写后推荐", SCHOOL)
    follow(page, "去填写")
    page.get_by_label("学段").select_option(label="初中")
    page.get_by_label("所在地").select_option(label="镇区")
    for label, number in (("学生人数", "1200"), ("班级数", "26"), ("专任教师人数", "90")):
        page.get_by_label(label).fill(number)
    press(page, "保存")
    reads(page, "的基本情况已保存。")
    send_up(page)


def it_comes_back_once(editor: Page, county: Page) -> None:
    """Returned with a reason, mended, sent up again."""
    take_up(editor, "办理推荐", SCHOOL)
    reads(editor, "1200")
    editor.locator("summary", has_text="退回修改").click()
    editor.locator("details[open]").get_by_label("理由").fill(WISH)
    press(editor.locator("details[open]"), "退回修改")
    reads(editor, "已退回修改。")
    take_up(county, "修改后重新推荐", SCHOOL)
    reads(county, WISH)
    follow(county, "填写推荐")
    county.get_by_label("推荐理由").fill("教师愿意参加教研，每两周一次。")
    press(county, "保存并上报")
    reads(county, "已上报，请等待省协同提质办办理。")


def put_forward(page: Page, unit: str, kind: str) -> None:
    page.get_by_role("combobox", name="候选单位").select_option(label=f"{unit}（{kind}）")
    press(page, "开始填报")


def fill_in(page: Page, reasons: str, points: str) -> None:
    page.get_by_label("推荐理由").fill(reasons)
    page.get_by_label(f"{SCORED}得分").fill(points)
    page.get_by_label("达到", exact=True).check()


def send_up(page: Page) -> None:
    take_up(page, "填写后推荐", SCHOOL)
    follow(page, "填写推荐")
    press(page, "保存并上报")
    reads(page, "已上报，请等待省协同提质办办理。")


def decide(page: Page, thing: str, button: str, said: str, *, before: tuple[str, ...] = ()) -> None:
    take_up(page, "办理推荐", thing)
    reads(page, *before)
    press(page, button)
    reads(page, said)
