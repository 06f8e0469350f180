"""Targets stand where the rows put them: for each thing they hold for, in its place in the tree, added up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilots.models import Indicator
from pilots.pace import PaceState
from pilots.queries.standing import overview, overviews, pace
from pilots.queries.target import targets_for, working_period
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role, UnitKind
from portal.measures import measure_called
from portal.periods import term_of
from tests.factories import make_officer, make_unit, make_user
from tests.factories.activity import make_indicator, make_recorded, make_target

pytestmark = pytest.mark.django_db

DAY = date(2024, 11, 16)
SINCE, UNTIL = date(2024, 1, 1), date(2025, 12, 31)


def test_sessions_of_the_chosen_kinds_count_in_the_term_in_which_they_began() -> None:
    school = make_unit(UnitKind.SCHOOL)
    target = make_target(
        the_office(), indicator=make_indicator(kinds=("集体备课", "联合教研")), first=SINCE, last=UNTIL
    )
    make_recorded(school, day=date(2024, 10, 8), kind="集体备课", sessions=3)
    make_recorded(school, day=date(2024, 10, 9), kind="联合教研")
    make_recorded(school, day=date(2024, 10, 9), kind="培训")
    make_recorded(school, day=date(2024, 8, 31), kind="集体备课")
    assert pace(target, school.pk, DAY).words == "8次中已完成4次，距学期结束76天"


def test_those_furthest_behind_stand_first_and_who_did_nothing_is_named() -> None:
    county = make_unit(UnitKind.COUNTY)
    busy, idle = (make_unit(UnitKind.SCHOOL, parent=county) for _ in range(2))
    make_unit(UnitKind.SCHOOL)
    make_recorded(busy, day=date(2024, 10, 8), sessions=9)
    shown = overview(make_target(county, first=SINCE, last=UNTIL), DAY)
    assert [one.subject.pk for one in shown.standings] == [idle.pk, busy.pk]
    assert [one.subject.name for one in shown.idle] == [idle.name]
    assert shown.state == PaceState.LATE
    assert shown.total == 9


@pytest.mark.parametrize(
    ("way", "total"), [("sum", Decimal(9)), ("share_passing", Decimal(50)), ("minimum", Decimal(0))]
)
def test_levels_add_up_as_the_indicator_says(way: str, total: Decimal) -> None:
    county = make_unit(UnitKind.COUNTY)
    busy, _ = (make_unit(UnitKind.SCHOOL, parent=county) for _ in range(2))
    make_recorded(busy, day=date(2024, 10, 8), sessions=9)
    target = make_target(county, indicator=make_indicator(adding_up=way), first=SINCE, last=UNTIL)
    assert overview(target, DAY).total == total


def test_a_ratio_divides_and_its_sums_are_divided_once() -> None:
    county = make_unit(UnitKind.COUNTY)
    busy, idle = (make_unit(UnitKind.SCHOOL, parent=county) for _ in range(2))
    make_recorded(busy, day=date(2024, 10, 8), sessions=3)
    make_recorded(busy, day=date(2024, 10, 9), kind="培训")
    ratio = make_indicator(
        is_ratio=True, unit="%", denominator="activity_sessions", adding_up="ratio_of_sums", kinds=("培训",)
    )
    target = make_target(county, 20, indicator=ratio, first=SINCE, last=UNTIL)
    assert pace(target, busy.pk, DAY).reached == 25
    assert pace(target, idle.pk, DAY).reached is None
    assert overview(target, DAY).total == 25


def test_a_target_that_ends_in_mid_term_has_its_last_day_as_deadline() -> None:
    target = make_target(the_office(), first=SINCE, last=date(2025, 1, 10))
    period = working_period(target, DAY)
    assert (period.start, period.end, period.label) == (date(2024, 9, 1), date(2025, 1, 10), term_of(DAY).label)


def test_a_figure_opens_just_the_rows_it_is_made_of() -> None:
    school, university = make_unit(UnitKind.SCHOOL), make_unit()
    activity = make_recorded(university, school, day=date(2024, 10, 8))
    make_recorded(university, day=date(2024, 10, 8))
    measure = measure_called("activities")
    assert measure is not None
    assert measure.count([school.pk, university.pk], term_of(DAY)) == {school.pk: 1, university.pk: 2}
    assert list(measure.rows(school.pk, term_of(DAY))) == [activity]


def test_many_targets_of_an_indicator_are_read_like_one() -> None:
    indicator, leader = make_indicator(), make_user(Role.LEADER)
    for _ in range(30):
        make_target(make_unit(UnitKind.SCHOOL).parent, indicator=indicator)  # type: ignore[arg-type]
    assert leader.posts_today  # read once per request
    with CaptureQueriesContext(connection) as one:
        overviews(targets_for(leader)[:1])
    with CaptureQueriesContext(connection) as thirty:
        overviews(targets_for(leader))
    assert len(thirty) == len(one)


def test_a_unit_sees_the_targets_that_hold_for_it_and_no_others() -> None:
    school = make_unit(UnitKind.SCHOOL)
    county = school.parent
    assert county is not None
    own, above = make_target(county), make_target(the_office())
    other = make_target(make_unit(UnitKind.COUNTY))
    assert set(targets_for(make_officer(school))) == {own, above}
    assert set(targets_for(make_user(Role.LEADER))) == {own, above, other}


def test_the_quota_of_s2_is_shipped_with_its_clause_and_force() -> None:
    indicator = Indicator.objects.get(code="s2-joint-research")
    assert indicator.usual_value == 8
    assert (indicator.force, indicator.period_kind) == ("must", "term")
    assert indicator.clause
    assert measure_called(indicator.measure) is not None
