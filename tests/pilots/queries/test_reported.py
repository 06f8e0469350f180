"""Reported figures are read like computed ones: by what is judged, in the place a unit had, who is missing by name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pilots.pace import PaceState
from pilots.queries.grid import Line, grid_of
from pilots.queries.reported import previous_entered
from pilots.queries.standing import figures, missing, overview
from portal.accounts.models import UnitPlacement, User
from portal.accounts.roles import UnitKind
from portal.periods import Period, school_year_of, term_of
from tests.factories import make_officer, make_unit
from tests.factories.figures import ask_for, last_term, make_ratio, make_reported, make_value

pytestmark = pytest.mark.django_db


def test_a_county_is_told_by_its_schools_and_who_has_not_reported_is_named() -> None:
    county = make_unit(UnitKind.COUNTY)
    told, silent = (make_unit(UnitKind.SCHOOL, parent=county) for _ in range(2))
    indicator = make_ratio(UnitKind.COUNTY, reported_by=UnitKind.SCHOOL)
    target = ask_for(indicator, county, 5)
    assert overview(target).standings[0].pace.words == "尚未填报"
    make_value(indicator, told, 3, 60, by=make_officer(told))
    shown = overview(target)
    assert shown.standings[0].pace.reached == 5
    assert shown.standings[0].pace.state == PaceState.NORMAL
    assert shown.unreported == [silent.name]
    assert missing(target, county.pk) == [silent.name]


def test_sums_of_a_ratio_are_divided_once_up_to_the_province() -> None:
    counties = [make_unit(UnitKind.COUNTY) for _ in range(2)]
    indicator = make_ratio()
    target = ask_for(indicator, value=5)
    for county, above, below in zip(counties, (1, 9), (100, 100), strict=True):
        make_value(indicator, county, above, below, by=make_officer(county))
    assert overview(target).total == 5


def test_a_ratio_of_nobody_is_shown_as_such() -> None:
    county = make_unit(UnitKind.COUNTY)
    indicator = make_ratio()
    make_value(indicator, county, 0, 0, by=make_officer(county))
    assert figures(indicator, [county.pk], term_of(timezone.localdate())) == {county.pk: None}


def test_terms_add_up_to_the_school_year_and_of_a_ratio_the_latest_counts() -> None:
    county = make_unit(UnitKind.COUNTY)
    officer, count, ratio = make_officer(county), make_reported(), make_ratio()
    first, second = (term for term in (previous_entered(last_term()), last_term()))
    if school_year_of(first.start) != school_year_of(second.start):
        first, second = previous_entered(first), first
    for term, number in ((first, 2), (second, 3)):
        make_value(count, county, number, by=officer, period=term)
        make_value(ratio, county, number, 10, by=officer, period=term)
    year = school_year_of(second.start)
    assert figures(count, [county.pk], year) == {county.pk: 5}
    assert figures(ratio, [county.pk], year) == {county.pk: 30}


def test_a_figure_stays_where_its_school_stood_when_the_term_ended() -> None:
    old, new = make_unit(UnitKind.COUNTY), make_unit(UnitKind.COUNTY)
    school = make_unit(UnitKind.SCHOOL, parent=old)
    indicator = make_reported(UnitKind.COUNTY, reported_by=UnitKind.SCHOOL)
    officer = make_officer(school)
    make_value(indicator, school, 3, by=officer, period=last_term())
    moved = last_term().end + timedelta(days=1)
    place = UnitPlacement.objects.get(unit=school)
    UnitPlacement.objects.filter(pk=place.pk).update(during=(place.during.lower, moved))
    UnitPlacement.objects.create(unit=school, parent=new, during=(moved, None))
    now = term_of(timezone.localdate())
    make_value(indicator, school, 4, by=officer, period=now)
    pks = [old.pk, new.pk]
    assert figures(indicator, pks, last_term()) == {old.pk: 3, new.pk: None}
    assert figures(indicator, pks, now) == {old.pk: None, new.pk: 4}


def test_the_grid_asks_only_where_a_target_holds_and_shows_the_last_period_beside() -> None:
    county, other = make_unit(UnitKind.COUNTY), make_unit(UnitKind.COUNTY)
    officer, indicator = make_officer(county), make_reported()
    ask_for(indicator, county)
    make_value(indicator, county, 3, by=officer, period=last_term())
    now = term_of(timezone.localdate())
    (cell,) = grid_of(officer, now).cells.values()
    assert [part.last for part in cell.parts] == ["3"]
    assert not grid_of(make_officer(other), now).cells


def test_a_grid_of_thirty_schools_is_read_like_one_of_one() -> None:
    county = make_unit(UnitKind.COUNTY)
    indicator = make_reported(UnitKind.SCHOOL, entered_above=True)
    ask_for(indicator, county)
    make_unit(UnitKind.SCHOOL, parent=county)
    officer, now = make_officer(county), term_of(timezone.localdate())
    assert officer.posts_today
    with CaptureQueriesContext(connection) as one:
        assert len(_lines(officer, now)) == 1
    for _ in range(9):
        make_unit(UnitKind.SCHOOL, parent=county)
    with CaptureQueriesContext(connection) as ten:
        assert len(_lines(officer, now)) == 10
    assert len(ten) == len(one)


def _lines(officer: User, period: Period) -> list[Line]:
    grid = grid_of(officer, period)
    return grid.lines(grid.units)
