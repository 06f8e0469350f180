"""Somebody follows a link, signs in on the way, and stands where he wanted to go."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.factories import PASSWORD, make_officer
from tests.live import LivePortal

pytestmark = pytest.mark.flow


def test_a_link_leads_over_signing_in_to_its_page(browser: Browser, live_portal: LivePortal) -> None:
    officer = make_officer()
    page = browser.new_page(base_url=live_portal.address)
    page.goto("/reports/")
    page.get_by_label("登录名").fill(officer.username)
    page.get_by_label("密码", exact=True).fill(f"{PASSWORD}不对")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("密码")
    expect(page.get_by_label("登录名")).to_have_value(officer.username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{live_portal.address}/reports/")
    expect(page.get_by_role("heading", level=1)).to_have_text("信息报送")
