"""联席会议 walked in browsers: called, held, minuted; what was decided waits for who has to do it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from tests.factories.alliance import make_pair
from tests.flows.story.area import UNIVERSITY, Area, day, go, is_told, make_area, nothing_waits, row_of, take_up
from tests.flows.story.cast import follow, press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]

MEETING, DECISION = "秋季联席会议", "制定联合教研计划"
MINUTES = "会议商定了本学期的分工。"


@pytest.fixture
def area(live_portal: LivePortal) -> Area:
    people = make_area()
    make_pair(people.unit(people.university), people.unit(people.county))
    return people


@pytest.fixture
def as_user(page_of: AsUser) -> AsUser:
    """Everybody signs in once and keeps his window."""
    return cache(page_of)


def test_what_a_meeting_decides_becomes_work(area: Area, as_user: AsUser) -> None:
    county, university = as_user(area.county), as_user(area.university)
    call(county)
    is_told(university, MEETING)
    read_the_invitation(university)
    hold(county)
    send_minutes(county)
    is_told(university, "纪要")
    carry_out(university)
    read_what_came_of_it(county)


def call(page: Page) -> None:
    """From the pair's page: both sides are invited without being typed."""
    go(page, "结对合作")
    page.get_by_role("link", name=UNIVERSITY).first.click()
    follow(page, "召集会议")
    page.get_by_label("名称", exact=True).fill(MEETING)
    page.get_by_label("日期", exact=True).fill(day())
    page.get_by_label("开始时间").fill("09:00")
    page.get_by_label("地点").fill("县教育局会议室")
    page.get_by_label("议程").fill("通报上学期进展——教育局\n商定本学期分工")
    press(page, "确定")
    reads(page, "会议通知已发给参会单位。", "通报上学期进展", UNIVERSITY)


def read_the_invitation(page: Page) -> None:
    """It stands in the month's calendar and in the list."""
    go(page, "结对合作", "会议")
    expect(page.locator(".month-today").get_by_role("link", name=MEETING)).to_contain_text("09:00")
    expect(row_of(page.get_by_role("region", name="会议", exact=True), MEETING)).to_contain_text("计划")
    page.locator(".month-today").get_by_role("link", name=MEETING).click()
    reads(page, "县教育局会议室", "商定本学期分工")


def hold(page: Page) -> None:
    """After it: who came, what was said, what was decided; and a click makes work of a decision."""
    take_up(page, "登记召开", MEETING)
    press(page, "登记召开")
    page.get_by_role("textbox", name="纪要").fill(MINUTES)
    page.get_by_role("textbox", name="议定事项").first.fill(DECISION)
    page.get_by_role("textbox", name="责任单位").first.fill(UNIVERSITY)
    page.get_by_role("textbox", name="责任岗位").first.fill("教务处处长")
    page.get_by_label("完成期限").first.fill(day(30))
    page.get_by_label(f"{UNIVERSITY}出席情况").select_option(label="出席")
    page.get_by_label(f"{UNIVERSITY}出席人员（职务）").fill("副校长")
    press(page, "保存")
    reads(page, "已保存。核对无误后点“发出纪要”。", DECISION)
    press(page, "转为工作事项")
    reads(page, "已列入工作清单，责任单位会收到消息。", "未开始")


def send_minutes(page: Page) -> None:
    take_up(page, "发出纪要", MEETING)
    press(page, "发出纪要")
    reads(page, "纪要已发")
    nothing_waits(page, "发出纪要")


def carry_out(page: Page) -> None:
    """The owner finds the decision among what waits for him, and reads where it comes from."""
    take_up(page, "办理工作事项", DECISION)
    reads(page, "教务处处长", MEETING)
    page.get_by_label("完成情况").fill("计划已印发各校。")
    press(page, "完成")
    reads(page, "已完成，谢谢。")
    nothing_waits(page, "办理工作事项")


def read_what_came_of_it(page: Page) -> None:
    """The meeting's page and the pair's list say the same."""
    go(page, "结对合作", "会议")
    page.get_by_role("region", name="会议", exact=True).get_by_role("link", name=MEETING).click()
    decided = page.get_by_role("region", name="议定事项").get_by_role("listitem")
    expect(decided).to_contain_text("已列入工作清单：已完成")
    reads(page, MINUTES, "副校长")
    go(page, "结对合作", "工作清单")
    expect(row_of(page, DECISION)).to_contain_text("已完成")
