"""A pair walked in browsers from 辨需求 over 签协议 and 列清单 to 定详案; then a school's own plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from tests.factories.alliance import the_test_alliance
from tests.flows.story.area import COUNTY, SCHOOL, UNIVERSITY, Area, day, go, make_area, nothing_waits, take_up
from tests.flows.story.cast import follow, press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]

PAIR = f"{UNIVERSITY}—{COUNTY}"
STEPS = ("辨需求", "签协议", "列清单", "定详案")
WISH, PROMISE = "请指导七年级数学备课", "每学期送教4次"
COUNTY_PLAN, SCHOOL_PLAN = "青山县协同提质一县一案", "青山县第一中学一校一案"
GOAL = "教研组每两周集体备课一次"


@pytest.fixture
def area(live_portal: LivePortal) -> Area:
    the_test_alliance()
    return make_area()


@pytest.fixture
def as_user(page_of: AsUser) -> AsUser:
    """Everybody signs in once and keeps his window."""
    return cache(page_of)


def test_a_pair_goes_from_needs_to_its_plan(area: Area, as_user: AsUser) -> None:
    editor, county = as_user(area.editor), as_user(area.county)
    university, school = as_user(area.university), as_user(area.school)
    pair_up(editor)
    stands_at(county, "辨需求", "先辨需求：请县里和学校把需要什么提出来。")
    say_what_is_needed(county)
    stands_at(county, "签协议", "需求已经明确，请双方签订协议并登记。")
    record_agreement(county)
    list_what_was_promised(county)
    do_it(university)
    stands_at(county, "定详案", "工作清单已列，请把本学年的详案定下来。")
    follow(county, "起草详案")
    write_plan(county, COUNTY_PLAN)
    stands_at(university, "", "四步都已到位，请按工作清单推进。")
    follow(university, COUNTY_PLAN)
    reads(university, GOAL)

    go(school, "结对合作", "详案")
    school.get_by_role("link", name="起草方案").first.click()
    write_plan(school, SCHOOL_PLAN)
    go(county, "结对合作", "详案")
    follow(county, SCHOOL_PLAN)
    reads(county, SCHOOL, GOAL)


def pair_up(page: Page) -> None:
    """The office says who is paired with whom, since when."""
    go(page, "结对合作")
    page.get_by_role("link", name="建立结对").first.click()
    page.get_by_role("combobox", name="高校").select_option(label=f"{UNIVERSITY}（联盟高校）")
    page.get_by_role("combobox", name="结对地区或合作单位").select_option(label=f"{COUNTY}（县（市、区））")
    page.get_by_label("起始日期").fill(day())
    press(page, "建立结对")
    reads(page, "已结对，双方会收到消息。", "还没有登记协议。")


def stands_at(page: Page, step: str, sentence: str) -> None:
    """The pair's page says which step is taken now, and what is next; empty: all four are done."""
    go(page, "结对合作")
    follow(page, PAIR)
    reads(page, sentence)
    bar = page.get_by_role("list", name="结对进展")
    reached = STEPS.index(step) if step else len(STEPS)
    for number, name in enumerate(STEPS):
        word = "已完成" if number < reached else "进行中" if number == reached else "待办"
        expect(bar.get_by_role("listitem").filter(has_text=name)).to_contain_text(word)


def say_what_is_needed(page: Page) -> None:
    follow(page, "提出需求")
    page.locator(".form-selectgroup-item").first.click()
    page.get_by_label("需要什么").fill(WISH)
    press(page, "提出")
    reads(page, f"等待{UNIVERSITY}认领")


def record_agreement(page: Page) -> None:
    """Both parties as signed are filled in; an agreement that ends before it begins is refused with a sentence."""
    page.locator(".pair-next").get_by_role("link", name="登记协议").click()
    page.get_by_label("协议名称").fill("协同提质合作协议")
    expect(page.get_by_label("高校一方签约名称")).to_have_value(UNIVERSITY)
    page.get_by_label("签订日期").fill(day())
    page.get_by_label("协议起始日期").fill(day())
    page.get_by_label("协议截止日期").fill(day(-1))
    page.get_by_label("高校承诺").fill(PROMISE)
    press(page, "保存")
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("协议截止日期").fill(day(700))
    press(page, "保存")
    reads(page, "协议已登记。请在本页添加签字盖章的扫描件。", PROMISE)


def list_what_was_promised(page: Page) -> None:
    """列清单: a promise becomes an item with who and until when."""
    follow(page, "列入清单")
    expect(page.get_by_label("事项")).to_have_value(PROMISE)
    page.get_by_label("责任单位").select_option(label=f"{UNIVERSITY}（联盟高校）")
    page.get_by_label("责任人岗位").fill("教务处副处长")
    page.get_by_label("完成时限").fill(day(30))
    press(page, "列入清单")
    reads(page, f"已列入清单，由{UNIVERSITY}办理。")


def do_it(page: Page) -> None:
    take_up(page, "办理工作事项", PROMISE)
    reads(page, "教务处副处长", "未开始")
    press(page, "开始办理")
    reads(page, "已开始办理。", "进行中")
    page.get_by_label("完成情况").fill("本学期4次已送到。")
    press(page, "完成")
    reads(page, "已完成，谢谢。")
    nothing_waits(page, "办理工作事项")


def write_plan(page: Page, title: str) -> None:
    """A draft is one's own; settled it is read by the others."""
    page.get_by_label("名称", exact=True).fill(title)
    page.get_by_label("主要内容").fill("以教研为抓手。")
    page.get_by_role("group", name="第1个目标").get_by_label("目标", exact=True).fill(GOAL)
    press(page, "保存草稿")
    reads(page, "已保存为草稿。", "起草中")
    press(page, "定稿")
    reads(page, "已定稿，结对高校或上级单位会收到消息。")
    nothing_waits(page, title)
