"""年终材料 walked in a browser: a county looks at what there is, has it packed, and downloads it, broken off once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from portal.files.services import attach_file
from portal.periods import year_of
from tests.factories.activity import make_recorded
from tests.flows.story.area import COUNTY, SCHOOL, Area, go, make_area
from tests.flows.story.cast import PRINTING_MILLISECONDS, follow, press, reads
from tests.live import LivePortal
from tests.portal.files.samples import pdf, upload

pytestmark = pytest.mark.flow


@pytest.fixture
def area(live_portal: LivePortal) -> Area:
    area = make_area()
    school = area.unit(area.school)
    activity = make_recorded(school, day=timezone.localdate(), about="同课异构")
    attach_file(owner=activity, upload=upload(pdf(), "签到表.pdf"), by=area.school)
    return area


def test_a_county_packs_its_year_and_resumes_the_download(area: Area, page_of: Callable[[User], Page]) -> None:
    page = page_of(area.county)
    title = f"{COUNTY}{year_of(timezone.localdate()).label}"
    it_sees_what_there_is(page, title)
    press(page, f"制作{title}年终材料")
    reads(page, f"正在制作{title}年终材料，完成后可以在下面下载。")
    download = page.get_by_role("link", name="下载")
    expect(download).to_be_visible(timeout=PRINTING_MILLISECONDS)
    it_is_whole_in_two_parts(page, str(download.get_attribute("href")))
    the_unit_page_leads_to_it(page)


def it_sees_what_there_is(page: Page, title: str) -> None:
    go(page, "年终材料")
    expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()
    expect(page.get_by_role("row", name="活动台账")).to_contain_text("1项")
    expect(page.get_by_role("row", name="活动材料")).to_contain_text("1份")
    expect(page.get_by_role("row", name="协议")).to_contain_text("无")
    reads(page, "还没有制作过。选好单位和年度，核对左边的内容，再点“制作……年终材料”。")


def it_is_whole_in_two_parts(page: Page, address: str) -> None:
    """As a download that broke off after 1,000 bytes goes on."""
    first = page.request.get(address, headers={"Range": "bytes=0-999"})
    assert first.status == 206
    rest = page.request.get(address, headers={"Range": "bytes=1000-", "If-Range": first.headers["etag"]})
    assert rest.status == 206
    with zipfile.ZipFile(io.BytesIO(first.body() + rest.body())) as archive:
        assert archive.testzip() is None
        assert [name for name in archive.namelist() if name.endswith("签到表.pdf")]
        assert "00 目录.docx" in archive.namelist()


def the_unit_page_leads_to_it(page: Page) -> None:
    page.get_by_label("单位", exact=True).select_option(label=SCHOOL)
    press(page, "查询")
    expect(page.get_by_role("heading", level=2, name=SCHOOL)).to_be_visible()
    page.goto(f"/units/{page.get_by_label('单位', exact=True).input_value()}/")
    follow(page.locator(".page-actions"), "年终材料")
    expect(page.get_by_role("heading", level=2, name=SCHOOL)).to_be_visible()
