"""A term of a community walked in browsers: plan, people exchanged and certified, quota, coverage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from portal.periods import term_of
from portal.text.official import official_date
from tests.flows.story.area import COUNTY, OTHER_SCHOOL, SCHOOL, Area, go, make_area, row_of
from tests.flows.story.cast import PRINTING_MILLISECONDS, follow, press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]

NAME = "青山县第一中学城乡发展共同体"
QUOTA = "共同体联合教研活动次数"
PLAN = "每月联合教研两次，音乐、美术教师每周走教。"
TEACHER = "示例教师"


@pytest.fixture
def area(live_portal: LivePortal) -> Area:
    return make_area()


@pytest.fixture
def as_user(page_of: AsUser) -> AsUser:
    """Everybody signs in once and keeps his window."""
    return cache(page_of)


def test_a_community_goes_through_its_term(area: Area, as_user: AsUser) -> None:
    lead, member, county = as_user(area.school), as_user(area.other_school), as_user(area.county)
    the_office_sets_the_quota(as_user(area.editor))
    the_village_school_says_what_it_is(member)
    coverage_is(county, "1所乡村中心学校中，0所已参加共同体，覆盖0%", OTHER_SCHOOL)
    the_county_founds_it(county)
    the_lead_writes_plan_and_group(lead)
    the_lead_sends_a_teacher(lead)
    the_member_certifies_the_service(member)
    a_session_together_counts(lead)
    the_member_reads_it(member)
    coverage_is(county, "1所乡村中心学校中，1所已参加共同体，覆盖100%", "全部参加")


def the_office_sets_the_quota(page: Page) -> None:
    """What the plan of Nanchang asks stands in the form already; the office says where it holds and when."""
    go(page, "目标监测")
    page.get_by_role("link", name=QUOTA).first.click()
    today = timezone.localdate()
    expect(page.get_by_label("目标值")).to_have_value("8")
    page.get_by_label("适用地区或单位").select_option(label=f"{COUNTY}（县（市、区））")
    page.get_by_label("开始日期").fill(f"{today - timedelta(days=300):%Y-%m-%d}")
    page.get_by_label("结束日期").fill(f"{today + timedelta(days=300):%Y-%m-%d}")
    press(page, "保存")
    expect(page.get_by_role("heading", level=1)).to_contain_text(QUOTA)


def the_village_school_says_what_it_is(page: Page) -> None:
    go(page, "试点管理", "学校基本情况")
    follow(page, OTHER_SCHOOL)
    page.get_by_label("学段").select_option(label="小学")
    page.get_by_label("所在地").select_option(label="乡村")
    page.get_by_label("乡村中心学校").check()
    for label, number in (("学生人数", "420"), ("班级数", "12"), ("专任教师人数", "30")):
        page.get_by_label(label).fill(number)
    press(page, "保存")
    reads(page, "的基本情况已保存。")


def coverage_is(page: Page, sentence: str, who: str) -> None:
    go(page, "城乡共同体")
    follow(page, "乡村中心学校覆盖")
    reads(page, sentence)
    expect(row_of(page, COUNTY)).to_contain_text(who)


def the_county_founds_it(page: Page) -> None:
    """The lead among the members is refused in a sentence; what was typed stays."""
    go(page, "城乡共同体")
    follow(page, "建立共同体")
    page.get_by_label("类型").select_option(label="城乡共同体")
    page.get_by_label("名称", exact=True).fill(NAME)
    page.get_by_label("牵头校").fill(SCHOOL)
    page.get_by_label("成员校").fill(f"{OTHER_SCHOOL}、{SCHOOL}")
    page.get_by_label("自哪天起").fill(f"{timezone.localdate() - timedelta(days=60):%Y-%m-%d}")
    press(page, "建立")
    reads(page, f"“{SCHOOL}”是牵头校，不能同时作成员校，请从成员校中去掉。")
    expect(page.get_by_label("名称", exact=True)).to_have_value(NAME)
    page.get_by_label("成员校").fill(OTHER_SCHOOL)
    press(page, "建立")
    reads(page, f"已建立“{NAME}”。接下来可以登记领导小组和规划。")
    expect(page.get_by_role("region", name="成员")).to_contain_text(OTHER_SCHOOL)


def the_lead_writes_plan_and_group(page: Page) -> None:
    open_community(page)
    page.get_by_role("region", name="规划").get_by_role("link", name="填写").click()
    page.get_by_label("规划内容").fill(PLAN)
    press(page, "保存")
    reads(page, "规划已保存。")
    follow(page, NAME)
    page.get_by_role("region", name="领导小组").get_by_role("link", name="登记").first.click()
    page.get_by_label("领导小组").fill("组长 校长")
    press(page, "保存")
    reads(page, "第1行请写成“组长：校长”的样子，组内职务和人员之间用冒号隔开。")
    page.get_by_label("领导小组").fill("组长：牵头校校长\n副组长：成员校校长")
    press(page, "保存")
    reads(page, "领导小组已保存。", "组长：牵头校校长", PLAN)


def the_lead_sends_a_teacher(page: Page) -> None:
    """An exchange that has ended, told as a post; the lead stands on the sending side already."""
    page.get_by_role("link", name="派出骨干教师").click()
    today = timezone.localdate()
    expect(page.get_by_label("派出学校").locator("option:checked")).to_have_text(SCHOOL)
    page.get_by_label("接收学校").select_option(label=OTHER_SCHOOL)
    page.get_by_label("担任的岗位").fill("数学教师")
    page.get_by_label("开始日期").fill(f"{today - timedelta(days=40):%Y-%m-%d}")
    page.get_by_label("结束日期").fill(f"{today - timedelta(days=1):%Y-%m-%d}")
    press(page, "保存")
    reads(page, "已登记“派出骨干教师”。")
    sent = page.get_by_role("region", name="人员往来").last.get_by_role("row").filter(has_text="派出骨干教师")
    expect(sent).to_contain_text("数学教师")


def the_member_certifies_the_service(page: Page) -> None:
    """服务证明: the school that received him bears witness; anybody may check it."""
    open_community(page)
    then = term_of(timezone.localdate() - timedelta(days=40))
    page.get_by_role("combobox", name="学期").select_option(value=then.key)
    press(page, "查看")
    follow(page, "服务证明")
    page.get_by_label("姓名").fill(TEACHER)
    press(page, "出具服务证明")
    download = page.get_by_role("link", name="下载服务证明")
    expect(download).to_be_visible(timeout=PRINTING_MILLISECONDS)
    with page.expect_download() as got:
        download.click()
    assert got.value.suggested_filename == f"服务证明：{TEACHER}.pdf"
    assert got.value.path().read_bytes().startswith(b"%PDF")


def a_session_together_counts(page: Page) -> None:
    """Nobody links it by hand: both schools are in the community on the day."""
    go(page, "活动")
    follow(page, "登记活动")
    page.get_by_label("类型", exact=True).select_option(label="联合教研")
    page.get_by_label("一起开展的单位（可不填）").fill(OTHER_SCHOOL)
    page.get_by_label("场次（可不填）").fill("2")
    press(page, "登记")
    reads(page, QUOTA, "8次中已完成2次")


def the_member_reads_it(page: Page) -> None:
    open_community(page)
    quota = page.get_by_role("region", name=QUOTA)
    expect(quota).to_contain_text("8次中已完成2次")
    duty = page.get_by_role("region", name="教师研训一体化")
    expect(duty).to_contain_text("联合教研2次")
    expect(duty).to_contain_text(official_date(timezone.localdate()))


def open_community(page: Page) -> None:
    go(page, "城乡共同体")
    follow(page, NAME)
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
