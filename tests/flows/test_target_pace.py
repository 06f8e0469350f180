"""A target walked in browsers: it is set, activities are recorded, and its pace turns 正常."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from tests.factories.activity import make_indicator
from tests.flows.story.area import Area, go, make_area
from tests.flows.story.cast import follow, press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow


@pytest.fixture
def area(live_portal: LivePortal) -> Area:
    return make_area()


def test_a_target_turns_normal_when_activities_are_recorded(area: Area, page_of: Callable[[User], Page]) -> None:
    indicator = make_indicator("county", name="教研活动场次")
    editor, today = page_of(area.editor), timezone.localdate()
    editor.goto(f"/targets/new/?indicator={indicator.pk}")
    county = area.unit(area.county)
    editor.get_by_label("适用地区或单位").select_option(str(county.pk))
    editor.get_by_label("目标值").fill("2")
    editor.get_by_label("约束力").select_option("must")
    editor.get_by_label("开始日期").fill((today - timedelta(days=20)).isoformat())
    editor.get_by_label("结束日期").fill((today + timedelta(days=1)).isoformat())
    press(editor, "保存")
    reads(editor, "2次中已完成0次", "滞后")
    school = page_of(area.school)
    for hours in ("上午", "下午"):
        record(school, f"{hours}两校教师一起备课")
    editor.reload()
    reads(editor, "2次中已完成2次", "已达标1个")


def record(page: Page, what: str) -> None:
    """The day is today's unless another is written."""
    go(page, "活动")
    follow(page, "登记活动")
    page.get_by_label("类型", exact=True).select_option(label="集体备课")
    page.get_by_label("内容（可不填）").fill(what)
    press(page, "登记")
    expect(page.get_by_role("heading", level=1)).to_contain_text("集体备课")
