"""Activities of schools with their university and another school, from the programme's first day until today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random

from django.utils import timezone

from alliances.queries.partnership import partnerships_on
from pilots.models import Activity, ActivityKind, Batch, HeadCount
from pilots.services.activity_credit import renew_credits
from pilots.states.activity import COUNTED, ActivityState
from portal.accounts.models import Unit
from portal.accounts.queries.unit import units
from portal.accounts.roles import UnitKind
from portal.home.sample.play import BEGAN

#: Rows in one statement.
AT_ONCE = 5000
#: Long enough ago that the other side has answered or kept silent.
ANSWERED = timedelta(days=20)
_AGREED = 80


@dataclass(frozen=True, slots=True)
class _Planned:
    activity: Activity
    partners: tuple[int, ...]
    batch: int
    people: int


def add_activities(wanted: int, *, dice: Random, today: date) -> int:
    """Add what is missing to so many activities that count; returns how many."""
    missing = max(0, wanted - Activity.objects.filter(state__in=COUNTED).count())
    planned = islice(_plan(dice, today), missing)
    added: list[int] = []
    while some := list(islice(planned, AT_ONCE)):
        added += _write(some)
    renew_credits(added)
    return len(added)


def _plan(dice: Random, today: date) -> Iterator[_Planned]:
    """Activity after activity, school by school; none without schools."""
    schools = list(units().filter(kind=UnitKind.SCHOOL, is_outside=False))
    around, universities = _neighbours(schools), _universities()
    kinds, batches = list(ActivityKind.objects.filter(is_active=True)), list(Batch.objects.values_list("pk", flat=True))
    days = (today - ANSWERED - BEGAN).days
    while schools:
        for school in schools:
            start = BEGAN + timedelta(days=dice.randrange(days))
            partners = {dice.choice(around[school.parent_id]), *universities[school.parent_id][:1]} - {school.pk}
            state = ActivityState.AGREED if dice.randrange(100) < _AGREED else ActivityState.LAPSED
            activity = Activity(
                unit=school,
                state=state if partners else ActivityState.RECORDED,
                kind=dice.choice(kinds),
                start=start,
                end=start,
                sessions=dice.choice((1, 1, 1, 2, 3)),
                place=school.name,
                recorded_at=timezone.make_aware(datetime.combine(start, time(17))),
            )
            yield _Planned(activity, tuple(partners), dice.choice(batches), dice.randrange(8, 120))


def _neighbours(schools: Sequence[Unit]) -> dict[int | None, list[int]]:
    """By what they stand under, the schools together there."""
    around: dict[int | None, list[int]] = defaultdict(list)
    for school in schools:
        around[school.parent_id].append(school.pk)
    return around


def _universities() -> dict[int | None, list[int]]:
    """By county the universities that it is paired with today."""
    paired: dict[int | None, list[int]] = defaultdict(list)
    for university, county in partnerships_on().values_list("university_id", "county_id"):
        paired[county].append(university)
    return paired


def _write(some: Sequence[_Planned]) -> list[int]:
    activities = Activity.objects.bulk_create([one.activity for one in some])
    partner, batch = Activity.partners.through, Activity.batches.through
    partner.objects.bulk_create(
        partner(activity_id=one.activity.pk, unit_id=unit) for one in some for unit in one.partners
    )
    batch.objects.bulk_create(batch(activity_id=one.activity.pk, batch_id=one.batch) for one in some)
    HeadCount.objects.bulk_create(HeadCount(activity=one.activity, who="教师", number=one.people) for one in some)
    return [activity.pk for activity in activities]
