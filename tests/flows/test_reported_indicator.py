"""A reported indicator walked in browsers: the office asks for it, a county enters it, the province reads it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pilots.models import Indicator, ReportedValue
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from tests.flows.story.area import COUNTY, Area, make_area
from tests.flows.story.cast import press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]


@pytest.fixture
def area(live_portal: LivePortal) -> Area:
    return make_area()


def test_a_figure_goes_from_its_cell_to_the_province(area: Area, page_of: AsUser) -> None:
    indicator = Indicator.objects.get(code="s3-exchange")
    editor = page_of(area.editor)
    ask(editor, indicator)
    county = page_of(area.county)
    enter(county, indicator)
    value = ReportedValue.objects.get()
    assert value.number == 30
    assert value.below == 400
    read_by_the_province(editor, indicator)


def ask(page: Page, indicator: Indicator) -> None:
    """The form begins with what the clause asks for."""
    page.goto(f"/figures/indicators/{indicator.pk}/")
    page.get_by_role("link", name="设定目标").click()
    expect(page.get_by_label("目标值")).to_have_value("5")
    page.get_by_label("适用地区或单位").select_option(str(the_office().pk))
    page.get_by_label("开始日期").fill("2020-01-01")
    page.get_by_label("结束日期").fill("2099-12-31")
    press(page, "保存")
    reads(page, "目标已设定。", "尚未填报的单位", COUNTY)


def enter(page: Page, indicator: Indicator) -> None:
    """By keyboard: a wrong number is told at its cell, the right one is saved without a button."""
    page.goto("/figures/")
    above = page.get_by_label(f"{indicator}，{indicator.above_label}")
    below = page.get_by_label(f"{indicator}，{indicator.below_label}")
    above.fill("500")
    above.press("ArrowRight")
    expect(below).to_be_focused()
    below.fill("400")
    below.press("Enter")
    reads(page, "分子500不能大于分母400")
    above.fill("30")
    above.press("Tab")
    reads(page, "已全部保存。")


def read_by_the_province(page: Page, indicator: Indicator) -> None:
    """The figure on the target's page opens the county's own."""
    page.goto("/targets/")
    page.get_by_role("link", name=indicator.name).first.click()
    reads(page, "目标5%，现为7.5%")
    page.get_by_role("link", name="现为7.5%").click()
    page.get_by_role("link", name=COUNTY).click()
    reads(page, "30", "400", "填报")
