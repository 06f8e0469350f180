"""The people of the long story and how any of them finds what waits for him."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from playwright.sync_api import Locator, Page, expect

from bulletins.queries.issue import the_periodical
from bulletins.services.numbering import raise_counter
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user

#: Making a proof or the final file, on a machine that has much else to do.
PRINTING_MILLISECONDS = 120_000

COUNTY, UNIVERSITY = "青山县", "江南师范大学"
MIDDLE_SCHOOL, PRIMARY_SCHOOL = "青山县第一中学", "青山县实验小学"


@dataclass
class Cast:
    """A county with two schools, a university, the office and a leader; issues go on after 第16期."""

    editor: User
    reviewer: User
    issuer: User
    leader: User
    county_officer: User
    county_approver: User
    middle_school: User
    primary_school: User
    university: User

    @cached_property
    def county(self) -> Unit:
        return self.county_officer.posts_today[0].unit


def make_cast() -> Cast:
    """Everybody with his post; the schools and the university have one person each, the county two."""
    county = make_unit(UnitKind.COUNTY, COUNTY)
    schools = [make_unit(UnitKind.SCHOOL, name, parent=county) for name in (MIDDLE_SCHOOL, PRIMARY_SCHOOL)]
    raise_counter(the_periodical(), 16, None)
    return Cast(
        editor=make_user(Role.EDITOR, name="省办编辑"),
        reviewer=make_user(Role.REVIEWER, name="省办审核"),
        issuer=make_user(Role.ISSUER, name="省办签发人"),
        leader=make_user(Role.LEADER, name="省厅领导"),
        county_officer=make_officer(county),
        county_approver=make_user(Role.UNIT_APPROVER, county, name="县局审核人"),
        middle_school=make_officer(schools[0]),
        primary_school=make_officer(schools[1]),
        university=make_officer(make_unit(UnitKind.UNIVERSITY, UNIVERSITY)),
    )


def open_waiting(page: Page, what: str, title: str) -> None:
    """What waits is found under 待办事项: what to do, and the thing itself as a link."""
    page.goto("/waiting/")
    page.get_by_role("row", name=what).get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def press(page: Page | Locator, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def follow(page: Page | Locator, link: str) -> None:
    page.get_by_role("link", name=link, exact=True).click()


def reads(page: Page, *sentences: str, **options: Any) -> None:
    """The person sees each of these on the page."""
    for sentence in sentences:
        expect(page.get_by_text(sentence).filter(visible=True).first).to_be_visible(**options)
