"""What the other side says of an activity: agreeing, objecting, silence, and knowing two records as one event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from pilots.models import Activity
from pilots.notices.activity import tell_objected, tell_settled
from pilots.queries.activity_match import may_be_one
from pilots.services.activity_credit import renew_credits
from pilots.services.locks import ACTIVITY_LOCKED, locked_to, refuse_locked
from pilots.states.activity import COUNTED, ActivityState
from portal.accounts.models import User
from portal.audit.models import entry_of, record_all
from portal.inbox.models import Waiting
from portal.inbox.services import replace_waiting_of
from portal.refusals import Refused, WrongState
from portal.workflow import moving, workflow_of


@transaction.atomic
def confirm_activity(activity: Activity, *, by: User) -> Activity:
    """A partner says that it was so."""
    with moving(activity, "confirm", by=by) as locked:
        locked.answer_due = None
    return activity


@transaction.atomic
def object_to_activity(activity: Activity, *, by: User, reason: str) -> Activity:
    """A partner says that it was not so, and why. It still counts, marked, until that is settled.

    Raises Refused where its period is locked: nobody could put it right.
    """
    with moving(activity, "object", by=by, reason=reason) as locked:
        if Activity.objects.filter(locked_to(by), pk=locked.pk).exists():
            raise Refused(ACTIVITY_LOCKED)
        locked.answer_due = None
    tell_objected(activity, reason)
    return activity


@transaction.atomic
def settle_activity(activity: Activity, *, by: User) -> Activity:
    """Who objected, or the office, says that it is settled."""
    with moving(activity, "settle", by=by):
        pass
    tell_settled(activity)
    return activity


@transaction.atomic
def match_activities(first: Activity, second: Activity, *, by: User) -> Activity:
    """Both records tell of one event: the earlier one counts, the other is joined into it. Returns the one that counts.

    Raises Refused where they cannot be one event, WrongState where somebody else was quicker.
    """
    if first.pk == second.pk or first.unit_id == second.unit_id:
        raise Refused("这两条都是同一单位登记的，不能认定为双方的同一活动。如是重复登记，请撤销其中一条。")
    rows = _locked(first, second)
    for row in rows:
        if row.state not in COUNTED:
            raise WrongState(f"“{row}”现在是“{row.get_state_display()}”，可能已由对方处理，请刷新页面查看。")
        refuse_locked(row.unit_id, [row.start], by=by)
    if not may_be_one(*rows):
        raise Refused("两条记录的日期、类型或参与单位对不上，不能认定为同一活动。请先核对并修改。")
    kept, other = _which_counts(rows)
    with moving(kept, "match", by=by, with_activity=other.pk) as locked:
        locked.answer_due = None
    with moving(other, "join", by=by, with_activity=kept.pk) as locked:
        locked.joined_into = kept
        locked.answer_due = None
    renew_credits([kept.pk, other.pk])
    return kept


@transaction.atomic
def part_activities(joined: Activity, *, by: User) -> Activity:
    """Undo: they were two events after all. Both count again, and each side may object to the other's anew."""
    kept = joined.joined_into
    if kept is None:
        raise WrongState("这条记录没有并入其他记录，可能已由对方撤销，请刷新页面查看。")
    for row in _locked(joined, kept):
        refuse_locked(row.unit_id, [row.start], by=by)
    with moving(joined, "part", by=by, with_activity=kept.pk) as locked:
        locked.joined_into = None
        locked.answer_due = answers_until(locked)
    if not kept.joined.exists():
        with moving(kept, "release", by=by, with_activity=joined.pk) as locked:
            locked.answer_due = answers_until(locked)
    renew_credits([kept.pk, joined.pk])
    return joined


@transaction.atomic
def lapse_silent(today: date | None = None) -> int:
    """Nobody objected in time (DOMAIN.md: silence for 10 days counts as 逾期无异议). Returns how many lapsed.

    A period that is locked ends the days for objecting as well.
    """
    today = today or timezone.localdate()
    silent = Activity.objects.filter(state=ActivityState.RECORDED).filter(
        Q(answer_due__lt=today) | Q(locked_to(None), answer_due__isnull=False)
    )
    rows = list(silent.select_for_update(of=("self",)).select_related("unit", "kind").order_by("pk"))
    for row in rows:
        row.state = ActivityState.LAPSED
    Activity.objects.bulk_update(rows, ["state"], batch_size=1_000)
    _record_each(rows, "lapse", "逾期无异议", None, ActivityState.RECORDED)
    replace_waiting_of(Activity, {row.pk: () for row in rows})
    return len(rows)


@transaction.atomic
def end_locked_objections() -> int:
    """An objection in a locked period waits for nobody: its unit can put nothing right. Returns how many there were.

    Called by beat. Who objected, or the office, may still say that it is settled.
    """
    waiting = Waiting.objects.filter(content_type=ContentType.objects.get_for_model(Activity))
    rows = Activity.objects.filter(locked_to(None), state=ActivityState.OBJECTED, pk__in=waiting.values("object_id"))
    found = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    replace_waiting_of(Activity, dict.fromkeys(found, ()))
    return len(found)


def free_joined(activity: Activity, *, by: User | None) -> list[int]:
    """What was joined into an activity that counts no more counts again by itself; returns their ids."""
    rows = list(activity.joined.select_for_update(of=("self",)).select_related("unit", "kind"))
    for row in rows:
        row.state, row.joined_into, row.answer_due = ActivityState.RECORDED, None, answers_until(row)
    Activity.objects.bulk_update(rows, ["state", "joined_into", "answer_due"])
    _record_each(rows, "part", "对方撤销登记，恢复单独计数", by, ActivityState.JOINED)
    renew_waits(rows)
    return [row.pk for row in rows]


def answers_until(activity: Activity) -> date | None:
    """The last day on which a partner may object; None where nobody registered took part, or its period is locked."""
    asked = Activity.objects.filter(~locked_to(None), pk=activity.pk, partners__isnull=False)
    return last_day_to_answer() if asked.exists() else None


def last_day_to_answer() -> date:
    """The last day on which a partner may object, beginning today."""
    return timezone.localdate() + timedelta(days=settings.ACTIVITY_SILENCE_DAYS)


def renew_waits(activities: Iterable[Activity]) -> None:
    """What waits for whom, after a state came about without a button; a constant number of queries."""
    rows = Activity.objects.filter(pk__in=[activity.pk for activity in activities]).select_related("unit", "kind")
    waits = {row.pk: list(workflow_of(row).waits(row)) for row in rows.prefetch_related("partners")}
    if waits:
        replace_waiting_of(Activity, waits)


def _locked(*activities: Activity) -> list[Activity]:
    """The rows, locked in one order, so that two people who match crosswise wait instead of blocking each other."""
    pks = [activity.pk for activity in activities]
    rows = Activity.objects.select_for_update(of=("self",)).filter(pk__in=pks).select_related("unit", "kind")
    return list(rows.order_by("pk"))


def _which_counts(rows: list[Activity]) -> tuple[Activity, Activity]:
    """The one that has records joined into it already, else the one that was entered first."""
    with_others = [row for row in rows if row.joined.exists()]
    if len(with_others) > 1:
        raise Refused("这两条都已并入了别的记录，请先撤销其中一处认定。")
    first, second = sorted(rows, key=lambda row: (row.recorded_at or row.created_at, row.pk))
    return (second, first) if with_others == [second] else (first, second)


def _record_each(rows: list[Activity], act: str, label: str, by: User | None, before: str) -> None:
    record_all(
        entry_of(row, f"pilots.activity.{act}", label, by=by, from_state=before, to_state=row.state, data={})
        for row in rows
    )
