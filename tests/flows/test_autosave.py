"""A draft is on the server while it is being typed: a closed tab or an expired session costs seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bulletins.models import Submission
from tests.factories import make_officer
from tests.live import LivePortal, wait_until

pytestmark = pytest.mark.flow

#: Seconds of typing that may be lost (the issue's bound).
MOST_LOST = 10.0
#: Seconds between two keys: never a pause long enough to save in.
KEY = 0.4


def stored() -> str:
    return Submission.objects.get().text


def open_draft(page: Page) -> None:
    page.goto("/reports/")
    page.get_by_role("button", name="新建报送").click()
    page.get_by_role("textbox", name="正文").click()


def test_typing_without_a_pause_is_saved_and_a_closed_tab_loses_only_the_last_seconds(
    page_of: Callable[[object], Page], live_portal: LivePortal
) -> None:
    page = page_of(make_officer())
    open_draft(page)
    begun, typed = time.monotonic(), 0
    while time.monotonic() - begun < MOST_LOST + 2:
        page.keyboard.insert_text("教")
        typed += 1
        time.sleep(KEY)
    page.close()  # without running what a page does when it is left in peace
    kept = len(stored())
    assert kept >= 1, "nothing was saved while typing went on"
    assert (typed - kept) * KEY < MOST_LOST


def test_after_the_session_has_expired_the_words_stay_and_are_saved_after_signing_in_again(
    page_of: Callable[[object], Page], live_portal: LivePortal
) -> None:
    officer = make_officer()
    page = page_of(officer)
    open_draft(page)
    page.keyboard.insert_text("两校教师一起备课。")
    wait_until(lambda: stored() == "两校教师一起备课。", "the first words were not saved", seconds=MOST_LOST)

    page.context.clear_cookies(name="sessionid")
    page.keyboard.insert_text("课后又一起评课。")
    expect(page.locator("[data-state]")).to_contain_text("登录已过期")
    expect(page.get_by_role("textbox", name="正文")).to_have_value("两校教师一起备课。课后又一起评课。")
    assert stored() == "两校教师一起备课。"

    other_window = page_of(officer)
    fresh = {cookie["name"]: cookie["value"] for cookie in other_window.context.cookies()}
    page.context.add_cookies([{"name": name, "value": fresh[name], "url": live_portal.address} for name in fresh])
    wait_until(lambda: stored().endswith("评课。"), "the words were not saved after signing in again", seconds=20)
    expect(page.locator("[data-state]")).to_contain_text("保存")
