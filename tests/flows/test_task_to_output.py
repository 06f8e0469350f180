"""五个一批 walked in browsers: a school's task from its plan to what came of it, confirmed and shown to the public."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.text.official import official_date
from tests.factories import make_user
from tests.flows.story.area import SCHOOL, Area, go, make_area, nothing_waits, take_up
from tests.flows.story.cast import follow, press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]

TASK, STEP = "打磨分数单元精品课", "集体磨课并录制"
COURSE, TEACHER = "分数的初步认识", "示例教师"


@pytest.fixture
def area(live_portal: LivePortal) -> Area:
    return make_area()


@pytest.fixture
def as_user(page_of: AsUser) -> AsUser:
    """Everybody signs in once and keeps his window."""
    return cache(page_of)


def test_a_task_leads_to_an_output_that_anybody_may_read(
    area: Area, as_user: AsUser, browser: Browser, live_portal: LivePortal
) -> None:
    school, county = as_user(area.school), as_user(area.county)
    reviewer = as_user(make_user(Role.REVIEWER, name="省办审核"))
    the_school_plans(school)
    it_is_not_done_before_its_steps_are(school)
    the_school_reports_what_came_of_it(school)
    the_county_sends_it_back_and_confirms(county, school)
    the_task_is_confirmed(school, county)
    the_office_shows_it(reviewer)
    anybody_reads_it(browser.new_page(base_url=live_portal.address))


def the_school_plans(page: Page) -> None:
    """A plan without a milestone cannot begin."""
    go(page, "五个一批")
    follow(page, "拟定任务")
    today = timezone.localdate()
    page.get_by_label("批次").select_option(label="推出一批基础教育精品课")
    page.get_by_label("任务名称").fill(TASK)
    page.get_by_label("开始日期").fill(f"{today:%Y-%m-%d}")
    page.get_by_label("完成期限").fill(f"{today + timedelta(days=30):%Y-%m-%d}")
    press(page, "保存")
    press(page, "开始实施")
    reads(page, "请先为任务填写至少一个节点或目标数量，再开始实施。")
    follow(page, "修改")
    page.get_by_label("目标数量（可不填）").fill("1")
    page.get_by_label("计量单位").fill("门")
    page.get_by_role("button", name="再加一行").click()
    page.get_by_label("节点5的内容").fill(STEP)
    page.get_by_label("节点5的期限").fill(f"{today + timedelta(days=7):%Y-%m-%d}")
    press(page, "保存")
    take_up(page, "核对计划，开始实施", TASK)
    press(page, "开始实施")
    reads(page, "实施中", "正常", f"下一步：{STEP}（{official_date(today + timedelta(days=7))}）")


def it_is_not_done_before_its_steps_are(page: Page) -> None:
    press(page, "报请确认")
    reads(page, f"还有1个节点没有完成：{STEP}。请先登记完成，或修改任务去掉不需要的节点。")
    take_up(page, "完成节点", TASK)
    page.locator("summary", has_text="登记完成").click()
    page.get_by_label("完成情况（可不填）").fill("三次磨课，录像已存。")
    press(page, "登记完成")
    reads(page, f"节点“{STEP}”已登记完成。", "三次磨课，录像已存。")


def the_school_reports_what_came_of_it(page: Page) -> None:
    """What came of a task is reported from its page and belongs to it already."""
    follow(page, "报送成果")
    reads(page, "报送哪一类成果")
    page.get_by_role("link", name=re.compile("^精品课")).click()
    expect(page.get_by_label("所属任务").locator("option:checked")).to_contain_text(TASK)
    page.get_by_label("课程名称").fill(COURSE)
    page.get_by_label("学科或领域").fill("数学")
    page.get_by_label("作者或成员").fill(TEACHER)
    press(page, "报送")
    reads(page, "成果已报送，等待上级确认。", "待确认")


def the_county_sends_it_back_and_confirms(county: Page, school: Page) -> None:
    take_up(county, "确认成果", COURSE)
    county.locator("summary", has_text="退回").click()
    county.locator("details[open]").get_by_label("理由").fill("请补上课程链接。")
    press(county.locator("details[open]"), "退回")
    reads(county, "已退回")
    take_up(school, "修改后重新报送", COURSE)
    reads(school, "已退回")
    follow(school, "修改")
    school.get_by_label("链接").fill("https://example.edu.cn/course")
    press(school, "保存")
    press(school, "重新报送")
    reads(school, "待确认")
    take_up(county, "确认成果", COURSE)
    press(county, "确认")
    reads(county, "已确认")
    nothing_waits(county, "确认成果")


def the_task_is_confirmed(school: Page, county: Page) -> None:
    take_up(school, "补齐成果，报请确认", TASK)
    reads(school, "目标1门，已确认1门")
    press(school, "报请确认")
    reads(school, "负责单位已报请确认，等待上级或省协同提质办确认。")
    take_up(county, "确认任务完成", TASK)
    press(county, "确认完成")
    reads(county, f"已于{official_date(timezone.localdate())}确认完成。")


def the_office_shows_it(page: Page) -> None:
    """Whether it is public is the office's decision; before, it is not on the public list."""
    go(page, "五个一批", "成果")
    follow(page, "公开的成果")
    expect(page.get_by_text(COURSE)).to_have_count(0)
    page.go_back()
    follow(page, COURSE)
    press(page, "公开")
    reads(page, "已公开")


def anybody_reads_it(page: Page) -> None:
    """Without signing in, from the public archive; the name of a person is not there unless the unit agreed."""
    page.goto("/archive/")
    follow(page, "五个一批成果")
    shown = page.get_by_role("article").filter(has_text=COURSE)
    expect(shown).to_contain_text(SCHOOL)
    expect(shown).to_contain_text("数学")
    expect(page.get_by_text(TEACHER)).to_have_count(0)
