"""An activity walked in browsers: recorded by both sides, counted once, told in a report; and 待办事项."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Locator, Page, expect

from pilots.services.task import TypedStep
from portal.accounts.models import User
from tests.factories.task import day, make_task
from tests.flows.story.area import SCHOOL, UNIVERSITY, Area, go, make_area, row_of, take_up
from tests.flows.story.cast import follow, press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]

ABOUT = "五年级数学同课异构"
TASK, STEP = "建好校本教研制度", "拟出初稿"
OWN, AWAITED, LATE = "待我办理", "等待他人办理", "已过期限"


@pytest.fixture
def area(live_portal: LivePortal) -> Area:
    """The school has a task with a step that was due two days ago."""
    area = make_area()
    make_task(Area.unit(area.school), by=area.school, title=TASK, steps=(TypedStep(STEP, day(-2)),))
    return area


@pytest.fixture
def as_user(page_of: AsUser) -> AsUser:
    """Everybody signs in once and keeps his window."""
    return cache(page_of)


def test_one_event_is_counted_once_and_told_in_one_click(area: Area, as_user: AsUser) -> None:
    school, university = as_user(area.school), as_user(area.university)
    record(university, SCHOOL, people="大学教师3人")
    record(school, UNIVERSITY, people="教师28人", about=ABOUT)
    reads(school, "可能是同一活动", "大学教师3人", "参与单位可在")
    what_waits_is_on_the_list_where_it_lies(school, university)
    the_university_finds_that_it_is_the_same(university)
    the_lists_are_empty_but_for_what_is_late(school, university)
    it_counts_once(as_user(area.editor))
    the_school_writes_a_report(school)


def what_waits_is_on_the_list_where_it_lies(school: Page, university: Page) -> None:
    """Each has the other's record before it, and waits for the other with its own; the late step is on two lists."""
    assert lists_of(university) == {OWN: 1, AWAITED: 1, LATE: 0}
    assert lists_of(school) == {OWN: 2, AWAITED: 1, LATE: 1}
    show(school, AWAITED)
    expect(row_of(school, "联合教研")).to_contain_text(UNIVERSITY)
    show(school, LATE)
    expect(row_of(school, STEP)).to_contain_text("已过期限")
    expect(row_of(school, STEP)).to_contain_text(SCHOOL)


def the_university_finds_that_it_is_the_same(page: Page) -> None:
    take_up(page, "核对活动", SCHOOL)
    reads(page, "可能是同一活动", "教师28人")
    press(page, "是同一活动")
    reads(page, "只计一次")


def the_lists_are_empty_but_for_what_is_late(school: Page, university: Page) -> None:
    assert lists_of(university) == {OWN: 0, AWAITED: 0, LATE: 0}
    assert lists_of(school) == {OWN: 1, AWAITED: 0, LATE: 1}
    show(school, OWN)
    expect(row_of(school, STEP)).to_contain_text("完成节点")


def it_counts_once(page: Page) -> None:
    """Of two records one is on the list of what counts; both can still be read there."""
    go(page, "活动")
    expect(page.locator("tbody").get_by_role("row")).to_have_count(1)
    page.locator("tbody").get_by_role("link").first.click()
    reads(page, "大学教师3人", "教师28人", "双方一致")


def the_school_writes_a_report(page: Page) -> None:
    """写成稿件: the activity stands in the report already, and belongs to it."""
    go(page, "活动")
    page.locator("tbody").get_by_role("link").first.click()
    follow(page, f"{SCHOOL}的记录")
    press(page, "写成稿件")
    expect(page.get_by_role("textbox", name="正文")).to_have_value(re.compile("联合教研"))
    expect(page.locator("fieldset.activity-row")).to_have_count(1)


def record(page: Page, partner: str, *, people: str, about: str = "") -> None:
    go(page, "活动")
    follow(page, "登记活动")
    page.get_by_label("类型", exact=True).select_option(label="联合教研")
    page.get_by_label("内容（可不填）").fill(about)
    page.get_by_label("一起开展的单位（可不填）").fill(partner)
    page.get_by_label("人数（可不填）").fill(people)
    press(page, "登记")
    expect(page.get_by_role("heading", level=1)).to_contain_text("联合教研")


def lists_of(page: Page) -> dict[str, int]:
    """The three lists by name with the number each says it has; so many lines are on it, and in the menu."""
    said = {}
    for name in (OWN, AWAITED, LATE):
        tab = show(page, name)
        said[name] = int(tab.locator(".badge").inner_text())
        expect(page.locator("#content tbody").get_by_role("row")).to_have_count(said[name])
    menu = page.locator("#navigation").get_by_role("link", name=re.compile("^待办事项")).locator(".badge")
    assert (int(menu.inner_text()) if menu.count() else 0) == said[OWN]
    return said


def show(page: Page, name: str) -> Locator:
    go(page, "待办事项")
    tab = page.get_by_role("navigation", name="待办事项").get_by_role("link", name=name)
    tab.click()
    active = page.get_by_role("navigation", name="待办事项").locator(".active", has_text=name)
    expect(active).to_be_visible()
    return active
