"""Every write to an activity: the facts of what took place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import Activity, ActivityKind, Batch, HeadCount
from pilots.states import ActivityState
from portal.accounts.models import Unit, User
from portal.audit.models import record


@dataclass(frozen=True, slots=True)
class People:
    """One head count: who, how many, 人 or 人次, and "" / 余 / 多 / 约; ``is_total`` for 共计."""

    who: str
    number: int
    measure: str = HeadCount.Measure.PEOPLE
    exactness: str = HeadCount.Exactness.EXACT
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one activity as a form or a serializer hands them over; see models.Activity."""

    kind: ActivityKind | None = None
    start: date | None = None
    end: date | None = None
    days: tuple[date, ...] = ()
    is_approximate: bool = False
    sessions: int = 1
    place: str = ""
    partners: Sequence[Unit] = ()
    other_partners: str = ""
    people: Sequence[People] = ()
    batches: Sequence[Batch] = field(default_factory=tuple)


@transaction.atomic
def save_activity(activity: Activity | None, facts: Facts, *, unit: Unit, by: User | None) -> Activity:
    """Make or change an activity of ``unit``. Raises ValidationError with a sentence per wrong field.

    A draft may lack facts; one that is recorded may not, and its change, if it is one, is written to the audit.
    """
    activity = activity or Activity(unit=unit)
    before = _stored(activity) if activity.state == ActivityState.RECORDED else None
    for name in ("kind", "start", "is_approximate", "sessions", "place", "other_partners"):
        setattr(activity, name, getattr(facts, name))
    activity.end = facts.end or facts.start
    activity.days = list(facts.days)
    activity.full_clean()
    activity.save()
    activity.partners.set([partner for partner in facts.partners if partner.pk != unit.pk])
    activity.batches.set(facts.batches)
    _set_people(activity, facts.people)
    if before is not None and before != _stored(activity):
        record(activity, "pilots.activity.update", "修改活动", by=by)
    return activity


def record_activities(activities: Iterable[Activity]) -> None:
    """The report leaves the unit: its drafts become recorded facts. Raises ValidationError naming what is wanting."""
    now = timezone.now()
    for number, activity in enumerate(activities, 1):
        if activity.state != ActivityState.DRAFT:
            continue
        if activity.kind_id is None or activity.start is None:
            raise ValidationError(
                {"activities": f"第{number}项活动还缺类型或日期，请补上；若不是一项活动，请删去这一行。"}
            )
        activity.state = ActivityState.RECORDED
        activity.recorded_at = now
        activity.save(update_fields=["state", "recorded_at"])


@transaction.atomic
def drop_activity(activity: Activity, *, by: User | None) -> None:
    """Its unit says that it was none: a draft is thrown away, a recorded one is kept as 已撤销 and counts no more."""
    if activity.state == ActivityState.DRAFT:
        activity.delete()
    elif activity.state == ActivityState.RECORDED:
        activity.state = ActivityState.WITHDRAWN
        activity.save(update_fields=["state"])
        record(
            activity,
            "pilots.activity.withdraw",
            "撤销活动",
            by=by,
            from_state=ActivityState.RECORDED,
            to_state=ActivityState.WITHDRAWN,
        )


def _stored(activity: Activity) -> tuple[object, ...]:
    """The facts as the database has them, to be compared."""
    row = Activity.objects.filter(pk=activity.pk).values_list(
        "kind", "start", "end", "days", "is_approximate", "sessions", "place", "other_partners"
    )
    people = activity.head_counts.order_by("order").values_list("who", "number", "measure", "exactness", "is_total")
    partners = set(activity.partners.order_by().values_list("pk", flat=True))
    batches = set(activity.batches.order_by().values_list("pk", flat=True))
    return list(row), list(people), partners, batches


def _set_people(activity: Activity, people: Sequence[People]) -> None:
    activity.head_counts.all().delete()
    HeadCount.objects.bulk_create(
        HeadCount(
            activity=activity,
            who=row.who[:60],
            number=row.number,
            measure=row.measure,
            exactness=row.exactness,
            is_total=row.is_total,
            order=order,
        )
        for order, row in enumerate(people)
    )
