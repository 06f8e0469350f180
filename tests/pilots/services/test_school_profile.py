"""What a school looks like in a school year, who writes it, and which figures are refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances.models import Alliance
from alliances.services.partnership import pair_units
from pilots.models import SchoolProfile
from pilots.queries.school_profile import (
    last_profile,
    listed_schools,
    profiles_for,
    rural_central_schools,
    this_school_year,
)
from pilots.services.school_profile import odd_changes, save_profile
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_programme
from portal.accounts.roles import Role, UnitKind
from portal.audit.models import history
from portal.refusals import Refused
from tests.factories import LONG_SINCE, make_officer, make_unit, make_user
from tests.factories.selection import facts, make_profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Unit:
    return make_unit(UnitKind.SCHOOL)


def year_before() -> str:
    first = int(this_school_year().key[:4])
    return f"{first - 1}-{first}"


def test_the_school_and_its_county_write_this_school_years_figures(school: Unit) -> None:
    year = this_school_year().key
    assert school.parent is not None
    for writer in (make_officer(school), make_user(Role.STAFF, school.parent)):
        assert save_profile(school, year, facts(pupils=900), by=writer).pupils == 900
    assert SchoolProfile.objects.count() == 1
    stranger = make_officer(make_unit(UnitKind.COUNTY))
    with pytest.raises(PermissionDenied):
        save_profile(school, year, facts(), by=stranger)


def test_what_changed_is_recorded(school: Unit) -> None:
    year, officer = this_school_year().key, make_officer(school)
    profile = save_profile(school, year, facts(), by=officer)
    save_profile(school, year, facts(pupils=810), by=officer)
    save_profile(school, year, facts(pupils=810), by=officer)
    entries = [entry.data["changed"] for entry in history(profile)]
    assert entries[0] == {"pupils": [800, 810]}
    assert len(entries) == 2


def test_past_years_are_the_offices_and_coming_ones_nobodys(school: Unit, editor: User) -> None:
    officer = make_officer(school)
    with pytest.raises(Refused, match="已经过去，数据不能再改"):
        save_profile(school, year_before(), facts(), by=officer)
    assert save_profile(school, year_before(), facts(), by=editor)
    last = int(this_school_year().key[5:])
    with pytest.raises(Refused, match="还没有开始"):
        save_profile(school, f"{last}-{last + 1}", facts(), by=editor)
    for key in ("2024", "2024-2026", "nonsense", ""):
        with pytest.raises(Refused):
            save_profile(school, key, facts(), by=editor)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"classes": 0}, "有学生就有班级"),
        ({"pupils": 2000, "classes": 10}, "平均每班超过100人"),
        ({"teachers": 1}, "与学生人数不相称"),
        ({"pupils": 40000}, "不像一所学校"),
        ({"area": "urban", "is_rural_central": True}, "乡村中心学校不在城区"),
        ({"condition": "长" * 1001}, "超过1000字"),
    ],
)
def test_figures_that_cannot_be_are_refused_in_a_sentence(school: Unit, values: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        make_profile(school, **values)


def test_a_county_has_no_profile_of_a_school() -> None:
    with pytest.raises(Refused, match="不是学校"):
        make_profile(make_unit(UnitKind.COUNTY))


def test_a_great_change_is_asked_about_and_not_refused(school: Unit) -> None:
    before = make_profile(school, year_before())
    now = make_profile(school, pupils=400)
    assert last_profile(school, now.school_year) == before
    assert odd_changes(now) == [f"学生由{before.period.label}的800人减少到400人，变化较大，请核对。"]
    assert odd_changes(make_profile(school, pupils=790)) == []


def test_coverage_reads_the_rural_central_schools_of_a_year(school: Unit) -> None:
    make_profile(school, area="rural", is_rural_central=True)
    make_profile(make_unit(UnitKind.SCHOOL))
    assert list(rural_central_schools(this_school_year().key)) == [school]


def test_a_profile_is_read_by_the_school_those_above_it_and_the_paired_university(school: Unit, editor: User) -> None:
    profile = make_profile(school)
    county = school.parent
    assert county is not None
    assert county.parent is not None
    university = make_unit(UnitKind.UNIVERSITY)
    alliance = Alliance.objects.get_or_create(programme=the_programme(), defaults={"name": "联盟"})[0]
    pair_units(alliance=alliance, university=university, county=county, since=LONG_SINCE, until=None, by=None)
    readers = [make_officer(unit) for unit in (school, county, county.parent, university)]
    strangers = [make_officer(make_unit(kind)) for kind in (UnitKind.SCHOOL, UnitKind.COUNTY, UnitKind.UNIVERSITY)]
    assert all(profile in profiles_for(user) for user in (*readers, editor))
    assert not any(profile in profiles_for(user) for user in strangers)


def test_the_list_says_who_has_not_filled_it_in(school: Unit, editor: User) -> None:
    make_profile(school)
    other = make_unit(UnitKind.SCHOOL)
    year = this_school_year().key
    assert list(listed_schools(editor, year, filled="no")) == [other]
    assert [row.pupils for row in listed_schools(editor, year, filled="yes")] == [800]
    assert list(listed_schools(editor, year, area=school.parent.parent_id)) == [school]  # type: ignore[union-attr]
