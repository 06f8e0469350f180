"""Finding one's own report by two characters in either script, keeping the search, and asking for help."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from tests.factories import make_draft, make_officer
from tests.live import LivePortal

pytestmark = pytest.mark.flow

TITLE = "两校开展联合教研"


@pytest.fixture
def officer(live_portal: LivePortal) -> User:
    """An officer with a report of his own; another unit has one in the same words."""
    officer = make_officer()
    make_draft(officer, title=TITLE)
    make_draft(make_officer(), title="别的学校也开展教研")
    return officer


def find(page: Page, words: str) -> None:
    """Type into the field that stands on every page."""
    page.goto("/")
    field = page.get_by_role("search", name="全站查找").get_by_role("searchbox")
    field.fill(words)
    field.press("Enter")
    expect(page.get_by_role("heading", name="查找", level=1)).to_be_visible()


def sees_only_his_own(page: Page, marked: str) -> None:
    hits = page.get_by_role("article")
    expect(hits).to_have_count(1)
    expect(hits.get_by_role("link", name=TITLE)).to_be_visible()
    expect(hits.locator("mark").first).to_have_text(marked)


def keep_search(page: Page, name: str) -> None:
    page.get_by_label("保存为常用查找").fill(name)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text(f"已保存为“{name}”。")).to_be_visible()


def ask_for_help(page: Page) -> None:
    """The guide opens beside the page, in the reader's own role, at the chapter about this page."""
    with page.expect_popup() as opened:
        page.get_by_role("link", name="帮助").click()
    guide = opened.value
    expect(guide).to_have_url(re.compile(r"/guide/officer/#\w+"))
    expect(guide.get_by_role("heading", level=1)).to_contain_text("信息员")
    expect(guide.locator(f'[id="{guide.url.partition("#")[2]}"]')).to_be_in_viewport()


def test_two_characters_in_either_script_find_a_report_the_search_is_kept_and_help_is_one_click_away(
    officer: User, page_of: Callable[[User], Page]
) -> None:
    page = page_of(officer)
    find(page, "聯合")
    sees_only_his_own(page, "联合")
    find(page, "教研")
    sees_only_his_own(page, "教研")
    keep_search(page, "教研稿件")
    page.goto("/search/")
    page.get_by_role("link", name="教研稿件", exact=True).click()
    sees_only_his_own(page, "教研")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)
    ask_for_help(page)
