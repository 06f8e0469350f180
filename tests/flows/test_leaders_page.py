"""The leaders' page in browsers: on a desk, a telephone, a wall and on paper; it counts what has just happened."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_unit, make_user
from tests.factories.activity import make_indicator, make_recorded, make_target
from tests.factories.community import make_school
from tests.live import LivePortal
from tests.pdf import text_of

pytestmark = pytest.mark.flow

AsUser = Callable[[User], Page]
#: A late activity shows within so many seconds.
WITHIN = 5


@pytest.fixture
def school(live_portal: LivePortal) -> Unit:
    """A school with two activities of this term, and four targets, the one that holds for it among them."""
    county = make_unit(UnitKind.COUNTY, "清溪县", make_unit(UnitKind.PREFECTURE, "青山市", the_office()))
    found = make_school(county, "清溪第一小学")
    for kind in ("联合教研", "培训"):
        make_recorded(found, day=timezone.localdate(), kind=kind)
    make_target(county, 8, indicator=make_indicator())
    for name in ("乡村教师专项培训次数", "学区走教的次数", "县域公开课展示的次数"):
        make_target(county, 8, indicator=make_indicator(UnitKind.COUNTY, kinds=("学生交流",), name=name))
    return found


def test_the_leaders_page_is_read_at_every_width_and_on_paper(
    live_portal: LivePortal, school: Unit, page_of: AsUser
) -> None:
    page = page_of(make_user(Role.LEADER, name="省办领导"))
    page.get_by_role("link", name="统计一览").click()
    on_a_desk(page)
    a_late_activity_shows(page, school)
    on_a_telephone(page)
    on_a_wall(page)
    on_paper(page)


def on_a_desk(page: Page) -> None:
    """Everything that matters within one screen; each chart is drawn beside its table and can be kept."""
    page.set_viewport_size({"width": 1440, "height": 900})
    stands_on_one_screen(page)
    expect(counted(page)).to_have_text("2")
    expect(page.get_by_text("截至").first).to_be_visible()
    expect(page.get_by_role("heading", name="五个一批")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="目标进度")).to_be_in_viewport()
    expect(page.get_by_text("8次中已完成2次").first).to_be_visible()
    expect(page.get_by_role("heading", name="各月活动")).to_be_in_viewport()
    months = page.locator("figure", has_text="各月活动")
    expect(months.locator("canvas")).to_be_visible()
    expect(months.get_by_role("columnheader", name="联合教研")).to_be_visible()
    with page.expect_download() as kept:
        months.get_by_role("button", name="存为图片").click()
    assert kept.value.suggested_filename.endswith(".png")
    with page.expect_download() as data:
        months.get_by_role("link", name="下载数据").click()
    assert data.value.suggested_filename.endswith(".xlsx")


def a_late_activity_shows(page: Page, school: Unit) -> None:
    """Nobody presses anything: the worker counts it, and the page has it when it is opened again."""
    make_recorded(school, day=timezone.localdate())
    until = time.monotonic() + WITHIN
    while counted(page).inner_text() != "3" and time.monotonic() < until:
        page.reload()
    expect(counted(page)).to_have_text("3")
    counted(page).click()
    expect(page.get_by_role("row", name="清溪第一小学")).to_have_count(3)
    page.go_back()


def on_a_telephone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    expect(counted(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def on_a_wall(page: Page) -> None:
    """Large, and nothing to press but the way out."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.get_by_role("link", name="投影").click()
    stands_on_one_screen(page)
    expect(page.get_by_role("navigation")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1920
    page.get_by_role("link", name="退出投影").click()
    expect(page.get_by_role("heading", name="统计一览", exact=True)).to_be_visible()


def on_paper(page: Page) -> None:
    """The same figures, printed by the worker."""
    page.get_by_role("link", name="PDF").click()
    made = page.get_by_role("link", name="打开PDF")
    expect(made).to_be_visible(timeout=60_000)
    answer = page.request.get(str(made.get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    text = text_of(answer.body())
    assert "活动3项" in text
    assert "8次中已完成3次" in text
    assert "数字的含义" in text


def stands_on_one_screen(page: Page) -> None:
    """From the figures on top to what is late: every part wholly in view."""
    parts = page.locator(".board-headline, .board-first .card")
    assert parts.count() == 7
    for part in parts.all():
        expect(part).to_be_in_viewport(ratio=1)
    targets = page.locator(".board-quotas > li")
    assert targets.count() == 4
    assert page.evaluate("[...document.querySelectorAll('.board-scroll')].every(e => e.scrollHeight <= e.clientHeight)")


def counted(page: Page) -> Locator:
    """The figure of activities on top."""
    place = page.locator(".board-headline li").filter(has_text="活动").first
    return place.locator("a")
