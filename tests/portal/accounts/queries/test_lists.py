"""The registers of units and people: who reads them, how they narrow, and that they ask no more with more rows."""

from __future__ import annotations

from typing import Any

import pytest

from portal.accounts.models import User
from portal.accounts.queries.post import listed_people
from portal.accounts.queries.unit import listed_units, possible_parents
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user(Role.ADMIN)


def test_an_area_holds_its_prefecture_counties_and_schools(admin: User) -> None:
    school = make_unit(UnitKind.SCHOOL)
    make_unit(UnitKind.SCHOOL)
    county = school.parent
    assert county is not None
    assert county.parent is not None
    found = listed_units(admin, area=county.parent)
    assert set(found) == {county.parent, county, school}


def test_units_are_narrowed_by_kind_and_by_any_of_their_names(admin: User) -> None:
    unit = make_unit(name="江河师范大学", aliases=["江师"])
    assert list(listed_units(admin, text="江师")) == [unit]
    assert unit not in listed_units(admin, kind=UnitKind.COUNTY)


def test_units_stand_by_kind_then_in_official_order(admin: User) -> None:
    second = make_unit(UnitKind.PREFECTURE, "乙市", official_order=2)
    first = make_unit(UnitKind.PREFECTURE, "甲市", official_order=1)
    university = make_unit(official_order=0)
    assert list(listed_units(admin))[1:] == [first, second, university], "the office itself comes first"


def test_only_those_who_keep_or_watch_the_register_read_it() -> None:
    make_unit()
    for role in (Role.ADMIN, Role.SECURITY, Role.AUDITOR):
        assert listed_units(make_user(role)).exists()
    for user in (make_user(Role.EDITOR), make_officer()):
        assert not listed_units(user).exists()
        assert not listed_people(user).exists()


def test_people_are_found_by_name_user_name_unit_and_post(admin: User) -> None:
    officer = make_officer(make_unit(name="江河师范大学"))
    assert list(listed_people(admin, text="江河")) == [officer]
    assert list(listed_people(admin, text=officer.username.upper())) == [officer]
    assert list(listed_people(admin, role=Role.INFORMATION_OFFICER)) == [officer]
    assert officer not in listed_people(admin, active="no")


def test_a_county_stands_under_prefectures_only() -> None:
    prefecture = make_unit(UnitKind.PREFECTURE)
    make_unit(UnitKind.UNIVERSITY)
    assert list(possible_parents(UnitKind.COUNTY)) == [prefecture]


@pytest.mark.parametrize("rows", [1, 30])
def test_both_lists_ask_two_questions_however_long_they_are(
    admin: User, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make_officer()
    admin.posts_today  # noqa: B018  (read once per request)
    with django_assert_num_queries(2):
        for unit in listed_units(admin):
            assert unit.parent is None or unit.parent.label
            assert all(post.user.name for post in unit.posts_now)  # type: ignore[attr-defined]
    with django_assert_num_queries(2):
        assert all(post.unit.label for user in listed_people(admin) for post in user.posts_now)  # type: ignore[attr-defined]
