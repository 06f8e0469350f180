"""订单式 walked in browsers: a school orders a lesson, a university takes it, it takes place and counts once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Page, expect

from pilots.models import Activity
from portal.accounts.models import User
from tests.factories.alliance import make_pair
from tests.flows.story.area import SCHOOL, UNIVERSITY, Area, day, go, make_area, nothing_waits, row_of, take_up
from tests.flows.story.cast import follow, press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]

LESSON = "请一位老师来上七年级数学示范课"
VISITORS, HOUR = "数学学院教授1人", "上午9时，七年级（2）班教室"


@pytest.fixture
def area(live_portal: LivePortal) -> Area:
    people = make_area()
    make_pair(people.unit(people.university), people.unit(people.county))
    return people


@pytest.fixture
def as_user(page_of: AsUser) -> AsUser:
    """Everybody signs in once and keeps his window."""
    return cache(page_of)


def test_an_order_of_a_school_becomes_a_lesson(area: Area, as_user: AsUser) -> None:
    school, university, county = as_user(area.school), as_user(area.university), as_user(area.county)
    order(school)
    claim(university)
    settle(school)
    tell_as_done(university)
    the_school_reads_what_became_of_it(school)
    the_county_sees_it_too(county)
    assert Activity.objects.count() == 1, "a lesson is recorded once"


def order(page: Page) -> None:
    """The form asks for little: the county has one university, so nobody asks which."""
    go(page, "结对合作", "需求")
    page.get_by_role("link", name="提出需求").first.click()
    page.locator(".form-selectgroup-item", has_text="示范课").click()
    page.get_by_label("需要什么").fill(LESSON)
    page.get_by_label("学科").fill("数学")
    page.get_by_label("希望最迟时间").fill(day(10))
    press(page, "提出")
    reads(page, "需求已提出，由谁认领、什么时间来，会在这里显示", f"等待{UNIVERSITY}认领")


def claim(page: Page) -> None:
    """The university finds the order under 待办事项 and says who comes when."""
    take_up(page, "认领需求", LESSON)
    page.get_by_label("由谁来").fill(VISITORS)
    page.get_by_label("日期", exact=True).fill(day())
    press(page, "认领")
    reads(page, "已认领，对方会收到消息。")
    nothing_waits(page, "认领需求")


def settle(page: Page) -> None:
    """The school reads who takes it, and says at what hour and in which room."""
    take_up(page, "确认安排", LESSON)
    reads(page, UNIVERSITY, VISITORS)
    page.get_by_label("时间和地点").fill(HOUR)
    press(page, "确认安排")
    reads(page, "安排已保存，对方会收到消息。")


def tell_as_done(page: Page) -> None:
    """After the lesson: what was settled is filled in already, one click records the activity."""
    take_up(page, "登记完成", LESSON)
    reads(page, HOUR)
    follow(page, "登记完成")
    expect(page.get_by_label("活动日期")).to_have_value(day())
    if not page.get_by_label("活动类型").input_value():
        page.get_by_label("活动类型").select_option(label="示范课")
    press(page, "登记活动并完成")
    reads(page, "已登记完成，对方会收到消息。", "已完成")
    nothing_waits(page, "登记完成")


def the_school_reads_what_became_of_it(page: Page) -> None:
    """The order is done and tells of its activity; the activity tells of the order."""
    go(page, "结对合作", "需求")
    expect(row_of(page, LESSON)).to_contain_text("已完成")
    follow(page, LESSON)
    reads(page, "对应的活动", f"（{UNIVERSITY}登记）")
    page.get_by_role("region", name="进展").get_by_role("link").click()
    reads(page, LESSON, SCHOOL, UNIVERSITY)


def the_county_sees_it_too(page: Page) -> None:
    go(page, "结对合作")
    page.get_by_role("link", name=UNIVERSITY).first.click()
    expect(page.get_by_role("link", name=LESSON)).to_contain_text("已完成")
    go(page, "活动")
    expect(row_of(page, SCHOOL)).to_have_count(1)
