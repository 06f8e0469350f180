"""What one activity counts toward: the targets whose figures hold it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from pilots.models import Activity, ActivityCredit, Community, Target
from pilots.pace import Pace
from pilots.queries.standing import pace, rows_url
from pilots.queries.target import targets_for, working_period
from portal.accounts.models import Unit, User
from portal.measures import UNIT, measure_called


@dataclass(frozen=True, slots=True)
class Toward:
    """A target, whose figure (a unit's, a community's) the activity is part of, and how that stands.

    Of a period that is over, how it stood at its end.
    """

    target: Target
    name: str
    pace: Pace
    rows_url: str


def counts_toward(activity: Activity, user: User) -> list[Toward]:
    """The targets of its day that hold it, as far as ``user`` sees them. A few queries for each."""
    day = activity.start
    if day is None:
        return []
    credited = [row.unit for row in ActivityCredit.objects.filter(activity=activity).select_related("unit")]
    targets = targets_for(user).filter(area__in=credited, during__contains=day, indicator__is_active=True)
    things = _things(activity, credited, day)
    return [
        _toward(target, pk, name, day)
        for target in targets
        for pk, name in things.get(target.indicator.level, ())
        if _holds(target, pk, activity, day)
    ]


def _toward(target: Target, pk: int, name: str, day: date) -> Toward:
    period = working_period(target, day)
    until = min(timezone.localdate(), period.end)
    return Toward(target, name, pace(target, pk, until), rows_url(target.indicator, pk, period))


def _things(activity: Activity, credited: list[Unit], day: date) -> dict[str, list[tuple[int, str]]]:
    """By level: the units it counts for, and the communities in which those who took part were on that day."""
    things: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for unit in credited:
        things[unit.kind].append((unit.pk, unit.name))
    schools = ActivityCredit.objects.filter(activity=activity, is_direct=True).values("unit")
    communities = Community.objects.filter(memberships__school__in=schools, memberships__during__contains=day)
    things["community"] = [(community.pk, community.name) for community in communities.distinct()]
    return things


def _holds(target: Target, pk: int, activity: Activity, day: date) -> bool:
    """Whether the rows behind the figure hold the activity; figures of other things are none of its."""
    measure = measure_called(target.indicator.measure)
    if measure is None or (measure.of == UNIT) == (target.indicator.level == "community"):
        return False
    rows = measure.rows(pk, working_period(target, day), **target.indicator.parameters)
    return rows.model is Activity and rows.filter(pk=activity.pk).exists()
