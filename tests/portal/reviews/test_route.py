"""The way of a report: over the desks that collect, past those where nobody is, to the office."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from portal.accounts.models import Unit
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.audit.models import Entry
from portal.reviews.models import CollectingLevel
from portal.reviews.queries.route import collects_from, next_stop, route_of
from portal.reviews.services.levels import set_collecting
from tests.factories import make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db


def way(unit: Unit) -> list[tuple[int, bool]]:
    return [(stop.unit, stop.skipped) for stop in route_of(unit)]


@pytest.mark.parametrize("kind", [UnitKind.COUNTY, UnitKind.UNIVERSITY, UnitKind.PREFECTURE])
def test_what_a_school_reports_goes_to_the_unit_above_it_first(kind: str) -> None:
    above = make_unit(kind)
    make_officer(above)
    school = make_unit(UnitKind.SCHOOL, parent=above)
    assert way(school) == [(above.pk, False), (the_office().pk, False)]
    assert collects_from(above, school)


def test_a_school_of_a_partner_a_county_and_a_university_report_to_the_office() -> None:
    partner = make_unit(UnitKind.PARTNER)
    make_officer(partner)
    for unit in (make_unit(UnitKind.SCHOOL, parent=partner), make_unit(UnitKind.COUNTY), make_unit()):
        assert way(unit) == [(the_office().pk, False)]


def test_a_county_with_nobody_who_reports_is_passed_over_and_that_is_kept() -> None:
    school = make_unit(UnitKind.SCHOOL)
    assert school.parent is not None
    make_user(Role.STAFF, school.parent)
    assert way(school) == [(school.parent.pk, True), (the_office().pk, False)]
    assert next_stop(route_of(school)).unit == the_office().pk


def test_the_administrator_sets_which_levels_collect() -> None:
    admin, county = make_user(Role.ADMIN), make_unit(UnitKind.COUNTY)
    assert county.parent is not None
    make_officer(county.parent)
    level = CollectingLevel.objects.get(unit_kind=UnitKind.COUNTY, parent_kind=UnitKind.PREFECTURE)
    with pytest.raises(PermissionDenied):
        set_collecting({level.pk}, by=make_user(Role.EDITOR))
    set_collecting({level.pk}, by=admin)
    assert way(county) == [(county.parent.pk, False), (the_office().pk, False)]
    assert not collects_from(county, make_unit(UnitKind.SCHOOL, parent=county))
    assert Entry.objects.filter(action="reviews.level.set", by=admin).count() == 4
