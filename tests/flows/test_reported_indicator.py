"""A reported indicator walked in browsers: the office asks for it, a county enters it, the province reads it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pilots.models import Indicator, ReportedValue
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import UnitKind
from tests.factories import make_officer, make_unit
from tests.factories.figures import ask_for, make_reported
from tests.flows.story.area import COUNTY, Area, make_area
from tests.flows.story.cast import press, reads
from tests.live import LivePortal

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]
#: More schools than go in one message.
MANY = 62
#: What a browser does with a block that was copied in Excel.
PASTE = """(input, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


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
    """By keyboard: a wrong number is told at its cell, the right one is saved without a button; what was said of a
    wrong one goes when the saved number is typed again."""
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
    above.fill("30人")
    above.press("Tab")
    expect(above).to_have_class(re.compile("is-invalid"))
    reads(page, "有1项没有保存", "不是数字")
    above.fill("30")
    above.press("Tab")
    reads(page, "已全部保存。")
    expect(above).not_to_have_class(re.compile("is-invalid"))
    expect(page.get_by_text("不是数字")).to_have_count(0)


def read_by_the_province(page: Page, indicator: Indicator) -> None:
    """The figure on the target's page opens the county's own."""
    page.goto("/targets/")
    page.get_by_role("link", name=indicator.name).first.click()
    reads(page, "目标5%，现为7.5%")
    page.get_by_role("link", name="现为7.5%").click()
    page.get_by_role("link", name=COUNTY).click()
    reads(page, "30", "400", "填报")


def test_a_block_from_excel_lands_in_its_columns_however_big_it_is(live_portal: LivePortal, page_of: AsUser) -> None:
    """The first school is not asked for the first figure: its place stays empty, what is beside it goes where it is."""
    county = make_unit(UnitKind.COUNTY)
    schools = [make_unit(UnitKind.SCHOOL, f"第{number:03}小学", parent=county) for number in range(MANY)]
    some, all_asked = (make_reported(UnitKind.SCHOOL, name=name, entered_above=True) for name in ("场次", "人数"))
    for school in schools[1:]:
        ask_for(some, school)
    ask_for(all_asked, county)
    page = page_of(make_officer(county))
    page.goto("/figures/")
    block = "\n".join(f"{number}\t{number + 1000}" for number in range(1, MANY))
    page.get_by_label(f"{schools[1].label}，场次，数值").evaluate(PASTE, block)
    expect(page.locator("[data-grid-state]")).to_have_text("已全部保存。", timeout=60_000)
    page.get_by_label(f"{schools[0].label}，人数，数值").evaluate(PASTE, "1000\n1001")
    expect(page.locator("[data-grid-state]")).to_have_text("已全部保存。")
    values = {
        (row.indicator, row.unit): row.number for row in ReportedValue.objects.select_related("indicator", "unit")
    }
    assert values.pop((all_asked, schools[0])) == 1000
    wanted = {(some, one): number for number, one in enumerate(schools[1:], 1)}
    assert values == wanted | {(all_asked, one): number + 1000 for number, one in enumerate(schools[1:], 1)}


def test_arrows_step_over_what_is_not_asked(live_portal: LivePortal, page_of: AsUser) -> None:
    county = make_unit(UnitKind.COUNTY)
    schools = [make_unit(UnitKind.SCHOOL, f"第{number}小学", parent=county) for number in range(3)]
    some, all_asked = (make_reported(UnitKind.SCHOOL, name=name, entered_above=True) for name in ("场次", "人数"))
    for school in (schools[0], schools[2]):
        ask_for(some, school)
    ask_for(all_asked, county)
    page = page_of(make_officer(county))
    page.goto("/figures/")
    cells = [page.get_by_label(f"{one.label}，{name}，数值") for one in schools for name in ("场次", "人数")]
    cells[0].press("ArrowRight")
    expect(cells[1]).to_be_focused()
    cells[1].press("ArrowDown")
    expect(cells[3]).to_be_focused()
    cells[0].press("ArrowDown")  # the second school has no such figure
    expect(cells[4]).to_be_focused()
