"""Pilots are figures of where they were: a school that moved or withdrew in mid-year stays with what it was then."""

from __future__ import annotations

from datetime import date

import pytest

from pilots.models import PilotCounty, PilotSchool
from portal.accounts.models import Unit
from portal.accounts.roles import UnitKind
from portal.accounts.services.unit import place_unit, update_unit
from portal.measures import Measure, measure_called
from portal.periods import Period, parse_period
from tests.factories import make_unit

pytestmark = pytest.mark.django_db
BEGAN, MOVED = date(2023, 9, 1), date(2024, 9, 1)


def measure(name: str) -> Measure:
    found = measure_called(name)
    assert found
    return found


def counted(name: str, key: str, *units: Unit) -> list[int]:
    period = found(key)
    figures = measure(name).count([unit.pk for unit in units], period)
    assert set(figures) <= {unit.pk for unit in units}
    rows = [measure(name).rows(unit.pk, period).count() for unit in units]
    assert rows == [figures.get(unit.pk, 0) for unit in units]
    return rows


def found(key: str) -> Period:
    period = parse_period(key)
    assert period
    return period


def test_a_pilot_school_that_moved_counts_where_it_was() -> None:
    school, other = make_unit(UnitKind.SCHOOL), make_unit(UnitKind.COUNTY)
    first = school.parent
    assert first is not None
    assert first.parent is not None
    PilotSchool.objects.create(unit=school, during=(BEGAN, None))
    place_unit(school, parent=other, since=MOVED, by=None)
    assert counted("pilot_schools", "2023-2024", first, first.parent, other) == [1, 1, 0]
    assert counted("pilot_schools", "2024-2025", first, first.parent, other) == [0, 0, 1]


def test_a_pilot_that_withdrew_stays_in_the_figures_of_before() -> None:
    county = make_unit(UnitKind.COUNTY)
    PilotCounty.objects.create(unit=county, during=(BEGAN, MOVED))
    assert counted("pilot_counties", "2023-2024", county) == [1]
    assert counted("pilot_counties", "2024-2025-1", county) == [0]


def test_a_closed_school_stays_in_the_figures_of_before() -> None:
    school = make_unit(UnitKind.SCHOOL)
    assert school.parent is not None
    PilotSchool.objects.create(unit=school, during=(BEGAN, MOVED))
    update_unit(school, by=None, is_active=False)
    assert counted("pilot_schools", "2024-05", school.parent) == [1]
