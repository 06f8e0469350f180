"""An activity counts for who took part and for all above them as the tree stood on its first day."""

from __future__ import annotations

from datetime import date

import pytest

from pilots.models import Activity, ActivityCredit
from pilots.services.activity_credit import renew_credits
from portal.accounts.models import Unit
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import UnitKind
from portal.accounts.services.unit import place_unit
from tests.factories import make_unit
from tests.factories.activity import make_recorded

pytestmark = pytest.mark.django_db


def credited(activity: Activity) -> set[Unit]:
    return {row.unit for row in ActivityCredit.objects.filter(activity=activity).select_related("unit")}


def test_a_school_s_activity_counts_for_its_county_prefecture_and_the_province() -> None:
    school, university = make_unit(UnitKind.SCHOOL), make_unit()
    county = school.parent
    assert county is not None
    activity = make_recorded(school, university)
    assert credited(activity) == {school, university, county, county.parent, the_office()}
    assert {
        row.unit for row in ActivityCredit.objects.filter(activity=activity, is_direct=True).select_related("unit")
    } == {school, university}


def test_two_schools_of_a_county_make_one_activity_of_the_county() -> None:
    county = make_unit(UnitKind.COUNTY)
    first, second = (make_unit(UnitKind.SCHOOL, parent=county) for _ in range(2))
    make_recorded(first, second)
    assert ActivityCredit.objects.filter(unit=county).count() == 1


def test_figures_stay_where_a_school_was_when_it_moves_in_mid_year() -> None:
    school, other = make_unit(UnitKind.SCHOOL), make_unit(UnitKind.COUNTY)
    former = school.parent
    before, after = make_recorded(school, day=date(2024, 9, 10)), make_recorded(school, day=date(2024, 11, 10))
    place_unit(school, parent=other, since=date(2024, 10, 1), by=None)
    assert former in credited(before)
    assert other not in credited(before)
    assert other in credited(after)
    assert former not in credited(after)


def test_a_county_that_moves_takes_the_later_activities_of_its_schools_along() -> None:
    school, prefecture = make_unit(UnitKind.SCHOOL), make_unit(UnitKind.PREFECTURE)
    county = school.parent
    assert county is not None
    before, after = make_recorded(school, day=date(2024, 9, 10)), make_recorded(school, day=date(2024, 11, 10))
    place_unit(county, parent=prefecture, since=date(2024, 10, 1), by=None)
    assert prefecture in credited(after)
    assert prefecture not in credited(before)


def test_working_it_out_from_scratch_gives_what_is_stored() -> None:
    school, university = make_unit(UnitKind.SCHOOL), make_unit()
    make_recorded(school, university)
    make_recorded(university)
    rows = ("activity", "unit", "start", "is_direct")
    stored = set(ActivityCredit.objects.values_list(*rows))
    renew_credits()
    assert set(ActivityCredit.objects.values_list(*rows)) == stored
    assert stored
