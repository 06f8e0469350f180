"""A need becomes an activity, recorded once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances.states.need import NeedState
from pilots.models import Activity, ActivityKind, NeedActivity
from pilots.queries.order import activities_for_need, likely_kind, needs_met_by
from pilots.services.activity import record_activities
from pilots.services.order import finish_with_activity, finish_with_new_activity
from portal.accounts.roles import UnitKind
from portal.refusals import Refused, WrongState
from tests.factories import make_activity, make_officer, make_unit
from tests.factories.alliance import in_days, make_arranged_need, make_pair
from tests.factories.progress import day_in, make_desks, open_past

pytestmark = pytest.mark.django_db


@pytest.fixture
def arranged() -> Any:
    pair = make_pair()
    return make_arranged_need(make_unit(UnitKind.SCHOOL, parent=pair.county), pair.university)


def recorded(unit: Any, days: int = 0) -> Activity:
    activity = make_activity(unit, in_days(days))
    record_activities([activity], by=None)
    return activity


def test_what_either_side_recorded_finishes_the_need(arranged: Any) -> None:
    need, asking, _taker = arranged
    activity = recorded(need.taker)
    assert list(activities_for_need(need)) == [activity]
    finish_with_activity(need, activity, by=asking)
    assert need.state == NeedState.DONE
    assert NeedActivity.objects.get().activity == activity


def test_an_activity_of_others_or_from_before_does_not(arranged: Any) -> None:
    need, asking, _taker = arranged
    for activity in (recorded(make_unit()), recorded(need.taker, days=-1)):
        with pytest.raises(ValidationError, match="不是双方在提出需求以后"):
            finish_with_activity(need, activity, by=asking)
    need.refresh_from_db()
    assert need.state == NeedState.ARRANGED


def test_an_activity_is_recorded_on_the_spot_by_who_came(arranged: Any) -> None:
    need, _asking, taker = arranged
    kind = likely_kind(need)
    assert kind is not None
    activity = finish_with_new_activity(need, by=taker, kind=kind, held_on=in_days(0), place="录播教室")
    assert (activity.unit, list(activity.partners.all())) == (need.taker, [need.unit])
    assert need.state == NeedState.DONE


def test_what_has_not_taken_place_is_not_done(arranged: Any) -> None:
    need, asking, _taker = arranged
    with pytest.raises(ValidationError, match="在今天之后"):
        finish_with_new_activity(need, by=asking, kind=ActivityKind.objects.earliest("order"), held_on=in_days(1))


def test_a_need_is_done_once(arranged: Any) -> None:
    need, asking, taker = arranged
    kind = ActivityKind.objects.earliest("order")
    finish_with_new_activity(need, by=asking, kind=kind, held_on=in_days(0))
    with pytest.raises(WrongState):
        finish_with_new_activity(need, by=taker, kind=kind, held_on=in_days(0))
    assert Activity.objects.count() == 1


def test_who_has_no_part_in_it_finishes_nothing(arranged: Any) -> None:
    need, *_ = arranged
    with pytest.raises(PermissionDenied):
        finish_with_new_activity(
            need,
            by=make_officer(),
            kind=ActivityKind.objects.earliest("order"),
            held_on=need.planned_on - timedelta(days=0),
        )


def test_what_took_place_tells_what_was_ordered_and_who_looks_on_may_open_it(arranged: Any) -> None:
    need, asking, taker = arranged
    activity = finish_with_new_activity(need, by=taker, kind=ActivityKind.objects.all()[0], held_on=in_days(0))
    assert activity.about == need.what
    assert [list(needs_met_by(activity, user)) for user in (asking, taker)] == [[need], [need]]
    assert asking.has_perm("pilots.read_activity", activity)
    assert not make_officer().has_perm("pilots.read_activity", activity)


def test_nothing_is_recorded_in_a_term_that_is_locked() -> None:
    desks = make_desks(open_now=False)
    open_past(desks.office)
    need, asking, _taker = make_arranged_need(desks.school, make_pair(county=desks.school.parent).university)
    day = day_in(desks.report.period)
    with pytest.raises(Refused, match="锁定"):
        finish_with_new_activity(need, by=asking, kind=ActivityKind.objects.all()[0], held_on=day)
    need.refresh_from_db()
    assert need.state == NeedState.ARRANGED
