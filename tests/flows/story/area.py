"""The people of the programme's stories, and how they go about: by the menu, its tabs and what waits for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user

PREFECTURE, COUNTY, OTHER_COUNTY = "青山市", "青山县", "白水县"
SCHOOL, OTHER_SCHOOL = "青山县第一中学", "青山县实验小学"
UNIVERSITY = "江南师范大学"


@dataclass(frozen=True)
class Area:
    """A prefecture with two counties, of which one has two schools; a university; the office's editor."""

    editor: User
    prefecture: User
    county: User
    school: User
    other_school: User
    university: User

    @staticmethod
    def unit(user: User) -> Unit:
        """Where somebody works."""
        return user.posts_today[0].unit


def make_area() -> Area:
    """Everybody is the only officer of his unit."""
    prefecture = make_unit(UnitKind.PREFECTURE, PREFECTURE)
    county = make_unit(UnitKind.COUNTY, COUNTY, parent=prefecture)
    make_unit(UnitKind.COUNTY, OTHER_COUNTY, parent=prefecture)
    schools = [make_unit(UnitKind.SCHOOL, name, parent=county) for name in (SCHOOL, OTHER_SCHOOL)]
    return Area(
        editor=make_user(Role.EDITOR, name="省办编辑"),
        prefecture=make_officer(prefecture),
        county=make_officer(county),
        school=make_officer(schools[0]),
        other_school=make_officer(schools[1]),
        university=make_officer(make_unit(UnitKind.UNIVERSITY, UNIVERSITY)),
    )


def go(page: Page, entry: str, *tabs: str) -> None:
    """By the menu, then by the tabs of the page that opens."""
    page.locator("#navigation").get_by_role("link", name=re.compile(f"^{entry}")).click()
    for tab in tabs:
        page.locator("#content .nav-tabs").get_by_role("link", name=tab, exact=True).click()
        expect(page.locator("#content .nav-tabs .active", has_text=tab)).to_be_visible()


def take_up(page: Page, what: str, thing: str) -> None:
    """Open under 待办事项 the line that says what to do with which thing."""
    go(page, "待办事项")
    page.get_by_role("row", name=what).get_by_role("link", name=thing).first.click()


def nothing_waits(page: Page, what: str) -> None:
    go(page, "待办事项")
    expect(page.get_by_role("heading", level=1)).to_have_text("待办事项")
    expect(page.get_by_role("row", name=what)).to_have_count(0)


def is_told(page: Page, words: str) -> None:
    """A message about it has come."""
    page.get_by_role("link", name=re.compile("^消息")).first.click()
    expect(page.get_by_text(words).first).to_be_visible()


def row_of(page: Page | Locator, name: str) -> Locator:
    """The line of a table that is about ``name``."""
    return page.get_by_role("row").filter(has_text=name)


def day(days: int = 0) -> str:
    """The day so many days from today, as a browser's day field takes it."""
    return f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}"
