"""The register of pilots: entered for the past, never twice at a time, left with a reason; history stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from pilots.models import PilotCounty
from pilots.queries.pilot import history_of, is_pilot, listed_pilots, pilot_units
from pilots.services.pilot import enter_pilot, withdraw_pilot
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from portal.refusals import Refused
from tests.factories import make_officer, make_unit, make_user
from tests.factories.selection import make_pilot, make_profile

pytestmark = pytest.mark.django_db
BEGAN = date(2023, 11, 1)


@pytest.fixture
def county() -> Unit:
    return make_unit(UnitKind.COUNTY, name="横峰县")


def test_the_office_enters_pilots_of_the_past_by_their_paper(editor: User, county: Unit) -> None:
    pilot = enter_pilot(county, by=editor, since=BEGAN, basis="首批试点县名单")
    assert (pilot.basis, pilot.registered_by) == ("首批试点县名单", editor)
    assert is_pilot(county)
    assert not is_pilot(county, BEGAN - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        enter_pilot(make_unit(UnitKind.COUNTY), by=make_officer(county), since=BEGAN)


def test_nobody_is_a_pilot_twice_at_a_time(editor: User, county: Unit) -> None:
    make_pilot(county, until=date(2024, 8, 31))
    with pytest.raises(ValidationError, match="已经是试点"):
        enter_pilot(county, by=editor, since=date(2024, 8, 31))
    enter_pilot(county, by=editor, since=date(2024, 9, 1))
    assert [row.during.lower for row in history_of(county)] == [date(2024, 9, 1), BEGAN]


def test_a_term_that_ends_before_it_begins_is_refused(editor: User, county: Unit) -> None:
    with pytest.raises(ValidationError, match="早于起始日期"):
        enter_pilot(county, by=editor, since=BEGAN, until=BEGAN - timedelta(days=1))


def test_a_university_is_no_pilot(editor: User) -> None:
    with pytest.raises(Refused, match="不是县（市、区）或学校"):
        enter_pilot(make_unit(UnitKind.UNIVERSITY), by=editor, since=BEGAN)


def test_who_leaves_stays_on_record_with_the_reason(editor: User, county: Unit) -> None:
    pilot = make_pilot(county)
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(ValidationError, match="请写明退出试点的理由"):
        withdraw_pilot(pilot, by=editor, last_day=yesterday, reason=" ")
    with pytest.raises(ValidationError, match="早于试点开始"):
        withdraw_pilot(pilot, by=editor, last_day=BEGAN - timedelta(days=1), reason="并入邻县")
    with pytest.raises(PermissionDenied):
        withdraw_pilot(pilot, by=make_officer(county), last_day=yesterday, reason="并入邻县")
    withdraw_pilot(pilot, by=editor, last_day=yesterday, reason="并入邻县")
    assert not is_pilot(county)
    assert PilotCounty.objects.get().withdrawn_reason == "并入邻县"
    with pytest.raises(Refused, match="不能再往后改"):
        withdraw_pilot(pilot, by=editor, last_day=timezone.localdate(), reason="又一次")


def test_the_list_narrows_by_area_stage_and_standing(editor: User, county: Unit) -> None:
    school, other = make_unit(UnitKind.SCHOOL, parent=county), make_unit(UnitKind.SCHOOL)
    for unit in (school, other):
        make_pilot(unit)
        make_profile(unit)
    gone = make_pilot(make_unit(UnitKind.SCHOOL, parent=county), until=date(2024, 1, 31))
    stage = listed_pilots(editor, "school")[0].stage_id
    assert {row.unit for row in listed_pilots(editor, "school")} == {school, other}
    assert [row.unit for row in listed_pilots(editor, "school", area=county.parent_id)] == [school]
    assert listed_pilots(editor, "school", stage=stage).count() == 2
    assert list(listed_pilots(editor, "school", standing="past")) == [gone]
    assert set(pilot_units("school")) == {school, other}


def test_outside_people_without_a_unit_do_not_read_the_register(county: Unit) -> None:
    make_pilot(county)
    assert not listed_pilots(make_user(Role.EXPERT), "county").exists()
    assert listed_pilots(make_officer(), "county").exists()
