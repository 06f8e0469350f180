"""Every write to the facts of an activity: what took place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import Activity, ActivityKind, Batch, HeadCount, ReportingPeriod
from pilots.services.activity_answer import answers_until, free_joined, last_day_to_answer, renew_waits
from pilots.services.activity_credit import renew_credits
from pilots.services.locks import locked_periods, refuse_locked, refuse_period
from pilots.states.activity import COUNTED, KEPT, ActivityState
from portal.accounts.models import Unit, User
from portal.audit.models import entry_of, history, record, record_all
from portal.refusals import WrongState
from portal.saving import AT_ONCE
from portal.workflow import moving

#: In the record of an activity that was entered by itself, not by a report.
RECORDED_DIRECTLY = "pilots.activity.record"


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
    """The facts of one activity as a form or a serializer hands them over; see models.Activity.

    ``about`` None leaves the words on what it was about as they are: a report tells that in its text.
    """

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
    about: str | None = None


@transaction.atomic
def record_activity(facts: Facts, *, unit: Unit, by: User) -> Activity:
    """Enter what took place, without a report. It counts at once; the partners named may object for some days.

    Raises ValidationError with a sentence per wrong field, Refused for a day whose term is locked, and
    PermissionDenied for who does not work for ``unit``.
    """
    writer = ActivityWriter(by=by)
    writer.put(facts, unit=unit)
    (activity,) = writer.write()
    return activity


class ActivityWriter:
    """Activities of many rows, entered without a report: each is checked as it comes, all are written together."""

    def __init__(self, *, by: User) -> None:
        self._by = by
        self._waiting: list[tuple[Activity, Facts]] = []
        self._locked: dict[int, list[ReportingPeriod]] = {}

    def put(self, facts: Facts, *, unit: Unit) -> None:
        """What took place. Raises as :func:`record_activity` does; then nothing of it waits to be written."""
        if not self._by.has_perm("pilots.record_activity", unit):
            raise PermissionDenied
        _refuse_future(facts)
        activity = Activity(unit=unit, state=ActivityState.RECORDED, recorded_at=timezone.now())
        _describe(activity, facts)
        _check(activity)
        if unit.pk not in self._locked:
            self._locked[unit.pk] = list(locked_periods(unit.pk))
        locked = [period for period in self._locked[unit.pk] if activity.start in period.span]
        for period in locked:
            refuse_period(period, unit.pk, by=self._by)
        if _others(facts, unit) and not locked:
            activity.answer_due = last_day_to_answer()
        self._waiting.append((activity, facts))

    @transaction.atomic
    def write(self) -> list[Activity]:
        """Store what waits, in its order; a handful of statements."""
        waiting, self._waiting = self._waiting, []
        activities = Activity.objects.bulk_create([activity for activity, _ in waiting], AT_ONCE)
        partner, in_batch = Activity.partners.through, Activity.batches.through
        partner.objects.bulk_create(
            [partner(activity=made, unit_id=pk) for made, facts in waiting for pk in _others(facts, made.unit)], AT_ONCE
        )
        in_batch.objects.bulk_create(
            [in_batch(activity=made, batch=batch) for made, facts in waiting for batch in dict.fromkeys(facts.batches)],
            AT_ONCE,
        )
        HeadCount.objects.bulk_create(
            [count for made, facts in waiting for count in _head_counts(made, facts.people)], AT_ONCE
        )
        renew_waits(activities)
        renew_credits([made.pk for made in activities])
        record_all(
            entry_of(made, RECORDED_DIRECTLY, "登记活动", by=self._by, to_state=made.state, data={})
            for made in activities
        )
        return activities


@transaction.atomic
def change_activity(activity: Activity, facts: Facts, *, by: User) -> Activity:
    """Put the facts of a recorded activity right. What the other side has agreed to is put before it again."""
    if not by.has_perm("pilots.edit_activity", activity):
        raise PermissionDenied
    locked = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if locked.state not in KEPT:
        raise WrongState(f"活动现在是“{locked.get_state_display()}”，不能再改。")
    _refuse_future(facts)
    return save_activity(locked, facts, unit=locked.unit, by=by)


@transaction.atomic
def withdraw_activity(activity: Activity, *, by: User, reason: str) -> Activity:
    """It was no activity, or entered twice: kept as 已撤销, it counts no more; the other side's record counts again."""
    refuse_locked(activity.unit_id, [activity.start], by=by)
    with moving(activity, "withdraw", by=by, reason=reason) as locked:
        locked.answer_due = None
    renew_credits([activity.pk, *free_joined(activity, by=by)])
    return activity


@transaction.atomic
def save_activity(activity: Activity | None, facts: Facts, *, unit: Unit, by: User | None) -> Activity:
    """Make or change an activity of ``unit``. Raises ValidationError with a sentence per wrong field.

    A draft may lack facts; one that is recorded may not. A change to recorded facts is written to the audit and
    refused where its term is locked.
    """
    activity = activity or Activity(unit=unit)
    before = _stored(activity) if activity.state in KEPT else None
    old_start = activity.start
    _describe(activity, facts)
    activity.full_clean()
    activity.save()
    activity.partners.set(_others(facts, unit))
    activity.batches.set(facts.batches)
    activity.head_counts.all().delete()
    HeadCount.objects.bulk_create(_head_counts(activity, facts.people))
    if before is not None and before != _stored(activity):
        refuse_locked(unit, [old_start, activity.start], by=by)
        _changed(activity, by)
    return activity


def record_activities(activities: Iterable[Activity], *, by: User | None) -> None:
    """Drafts of one unit become recorded facts, as when its report leaves it.

    Raises ValidationError naming what is wanting, Refused where one lies in a term that is locked for the unit.
    """
    now = timezone.now()
    fresh = []
    for number, activity in enumerate(activities, 1):
        if activity.state != ActivityState.DRAFT:
            continue
        if activity.kind_id is None or activity.start is None:
            raise ValidationError(
                {"activities": f"第{number}项活动还缺类型或日期，请补上；若不是一项活动，请删去这一行。"}
            )
        fresh.append(activity)
    if fresh:
        refuse_locked(fresh[0].unit_id, [activity.start for activity in fresh], by=by)
    for activity in fresh:
        activity.state = ActivityState.RECORDED
        activity.recorded_at = now
        activity.answer_due = answers_until(activity)
        activity.save(update_fields=["state", "recorded_at", "answer_due"])
    renew_waits(fresh)
    renew_credits([activity.pk for activity in fresh])


@transaction.atomic
def drop_activity(activity: Activity, *, by: User | None) -> None:
    """A report no longer tells of it. A draft is thrown away; what the report recorded is kept as 已撤销.

    What was entered by itself does not depend on the report and stays. Raises Refused where its term is locked.
    """
    if activity.state == ActivityState.DRAFT:
        activity.delete()
    elif activity.state in COUNTED and not history(activity).filter(action=RECORDED_DIRECTLY).exists():
        refuse_locked(activity.unit_id, [activity.start], by=by)
        before, activity.state, activity.answer_due = activity.state, ActivityState.WITHDRAWN, None
        activity.save(update_fields=["state", "answer_due"])
        record(
            activity,
            "pilots.activity.withdraw",
            "撤销活动",
            by=by,
            from_state=before,
            to_state=ActivityState.WITHDRAWN,
        )
        renew_waits([activity])
        renew_credits([activity.pk, *free_joined(activity, by=by)])


def _changed(activity: Activity, by: User | None) -> None:
    """Facts have changed: the other side's word was about the former ones, unless both records are known as one."""
    before = activity.state
    if before in COUNTED and not activity.joined.exists():
        activity.state, activity.answer_due = ActivityState.RECORDED, answers_until(activity)
        activity.save(update_fields=["state", "answer_due"])
        renew_waits([activity])
    record(activity, "pilots.activity.update", "修改活动", by=by, from_state=before, to_state=activity.state)
    renew_credits([activity.joined_into_id or activity.pk])


def _refuse_future(facts: Facts) -> None:
    if facts.start is not None and facts.start > timezone.localdate():
        raise ValidationError({"date": "活动还没有开始，请在开展以后登记。"})


def _stored(activity: Activity) -> tuple[object, ...]:
    """The facts as the database has them, to be compared."""
    row = Activity.objects.filter(pk=activity.pk).values_list(
        "kind", "start", "end", "days", "is_approximate", "sessions", "place", "other_partners", "about"
    )
    people = activity.head_counts.order_by("order").values_list("who", "number", "measure", "exactness", "is_total")
    partners = set(activity.partners.order_by().values_list("pk", flat=True))
    batches = set(activity.batches.order_by().values_list("pk", flat=True))
    return list(row), list(people), partners, batches


def _describe(activity: Activity, facts: Facts) -> None:
    """Write ``facts`` on ``activity`` as far as they are its own columns."""
    for name in ("kind", "start", "is_approximate", "sessions", "place", "other_partners"):
        setattr(activity, name, getattr(facts, name))
    if facts.about is not None:
        activity.about = facts.about
    activity.end = facts.end or facts.start
    activity.days = list(facts.days)


def _check(activity: Activity) -> None:
    """``full_clean`` for one of many: constraints, each a query, are asked for their sentence where one is broken."""
    ends_after = activity.start is not None and activity.end is not None and activity.end >= activity.start
    if activity.kind and ends_after and activity.sessions >= 1:
        activity.clean_fields(exclude={"unit", "kind"})
    else:
        activity.full_clean()


def _others(facts: Facts, unit: Unit) -> list[int]:
    """Ids of the registered units that took part beside ``unit``, each once."""
    return list(dict.fromkeys(partner.pk for partner in facts.partners if partner.pk != unit.pk))


def _head_counts(activity: Activity, people: Sequence[People]) -> list[HeadCount]:
    return [
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
    ]
