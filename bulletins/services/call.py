"""The office's writes to a call (约稿): drafting it, sending it, extending it, ending it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from bulletins.models import Call, CallTarget, CaseFrame
from bulletins.notices.call import tell_called, tell_cancelled, tell_extended, tell_reopened
from bulletins.queries.call import SILENT, reporters_of
from bulletins.services.call_waits import renew_waits
from bulletins.states import CallState
from bulletins.validators import check_call_words
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.audit.models import record
from portal.files.services import forget_owner
from portal.refusals import Refused
from portal.text.official import official_date
from portal.workflow import moving, started


@transaction.atomic
def create_call(
    *,
    by: User,
    kind: str = Call.Kind.TOPIC,
    topic: str,
    wanted: str = "",
    deadline: date | None = None,
    units: Iterable[Unit] = (),
    frame: CaseFrame | None = None,
) -> Call:
    """A draft, with the units chosen so far; with a ``frame`` it asks for cases in it.

    Raises ValidationError for words that are too long.
    """
    if not by.has_perm("bulletins.manage_calls"):
        raise PermissionDenied
    check_call_words(topic, wanted)
    words = {"topic": topic.strip(), "wanted": wanted.strip(), "deadline": deadline}
    call = Call.objects.create(kind=Call.Kind.CASE if frame else kind, frame=frame, created_by=by, **words)
    _add(call, units)
    started(call, f"起草{call.get_kind_display()}", by=by)
    return call


@transaction.atomic
def save_call(
    call: Call,
    *,
    by: User,
    topic: str,
    wanted: str,
    deadline: date | None,
    units: Iterable[Unit] = (),
    frame: CaseFrame | None = None,
) -> Call:
    """Change a draft and add ``units`` to those chosen; with a ``frame`` it asks for cases in it."""
    locked = _locked_draft(call, by)
    if locked.kind != Call.Kind.POINTS:
        locked.kind, locked.frame = (Call.Kind.CASE if frame else Call.Kind.TOPIC), frame
    check_call_words(topic, wanted)
    locked.topic, locked.wanted, locked.deadline = topic.strip(), wanted.strip(), deadline
    locked.save()
    _add(locked, units)
    return locked


@transaction.atomic
def keep_targets(call: Call, *, by: User, keep: Iterable[int]) -> int:
    """Leave only the targets ``keep`` (by primary key) in a draft; returns how many went."""
    locked = _locked_draft(call, by)
    return locked.targets.exclude(pk__in=list(keep)).delete()[0]


@transaction.atomic
def delete_call(call: Call, *, by: User) -> None:
    """Throw away a draft that no unit was told of."""
    locked = _locked_draft(call, by)
    record(locked, "bulletins.call.delete", "删除约稿草稿", by=by)
    forget_owner(locked)
    locked.delete()


def copy_call(call: Call, *, by: User, topic: str = "", deadline: date | None = None) -> Call:
    """A new draft with the same words and the same units, as far as they are still in use."""
    return create_call(
        by=by,
        kind=call.kind,
        frame=call.frame,
        topic=topic or call.topic,
        wanted=call.wanted,
        deadline=deadline,
        units=Unit.objects.filter(pk__in=call.targets.values("unit")),
    )


@transaction.atomic
def send_call(call: Call, *, by: User) -> Call:
    """Tell the units: their 待办, their 约稿 box and a message. Units that went out of use meanwhile are left out.

    Raises ValidationError where the topic, what is wanted, the deadline or the units are wanting, and Refused for
    a call that was sent already.
    """
    with moving(call, "send", by=by) as locked:
        locked.targets.filter(unit__is_active=False).delete()
        _check_ready(locked)
        locked.sent_at = timezone.now()
    _tell_targets(call, list(call.targets.select_related("unit")))
    return call


@transaction.atomic
def extend_call(call: Call, *, by: User, deadline: date) -> Call:
    """A later deadline; the units that have not answered are told."""
    old = call.deadline
    with moving(
        call, "extend", by=by, before=old.isoformat() if old else None, deadline=deadline.isoformat()
    ) as locked:
        if locked.deadline is not None and deadline <= locked.deadline:
            raise ValidationError({"deadline": f"新的截止日期须晚于{official_date(locked.deadline)}。"})
        _check_deadline(deadline)
        locked.deadline = deadline
    open_targets = list(call.targets.filter(SILENT).select_related("unit"))
    renew_waits(call, open_targets)
    tell_extended(call, _people(open_targets))
    return call


@transaction.atomic
def add_call_targets(call: Call, *, by: User, units: Iterable[Unit]) -> list[CallTarget]:
    """Ask more units while the call is open; only the new ones are told. Raises ValidationError if none is new."""
    asked = set(call.targets.values_list("unit", flat=True))
    fresh = [unit for unit in units if unit.pk not in asked]
    if not fresh:
        raise ValidationError({"names": "没有新的单位：所选单位都已在名单中，或没有选择单位。"})
    names = [unit.name for unit in fresh]
    with moving(call, "add_targets", by=by, units=names):
        added = _add(call, fresh)
    _tell_targets(call, added)
    return added


@transaction.atomic
def close_call(call: Call, *, by: User, reason: str) -> Call:
    """No more answers are awaited; what came stays."""
    return _end(call, "close", by=by, reason=reason)


@transaction.atomic
def cancel_call(call: Call, *, by: User, reason: str) -> Call:
    """The call is void; the units that have not answered are told why."""
    silent = list(call.targets.filter(SILENT).select_related("unit"))
    _end(call, "cancel", by=by, reason=reason)
    tell_cancelled(call, _people(silent))
    return call


@transaction.atomic
def reopen_call(call: Call, *, by: User) -> Call:
    """Await answers again; the silent units are told."""
    with moving(call, "reopen", by=by) as locked:
        locked.reason = ""
    targets = list(call.targets.filter(SILENT).select_related("unit"))
    renew_waits(call, targets)
    tell_reopened(call, _people(targets))
    return call


#: The acts of the transition table that are buttons, by name.
ACTS: Mapping[str, Any] = {"close": close_call, "cancel": cancel_call, "reopen": reopen_call}


def _locked_draft(call: Call, by: User) -> Call:
    if not by.has_perm("bulletins.manage_calls"):
        raise PermissionDenied
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if locked.state != CallState.DRAFT:
        raise Refused(f"这份约稿现在是“{locked.get_state_display()}”，不能再改动。可能已由同事处理，请刷新页面查看。")
    return locked


def _add(call: Call, units: Iterable[Unit]) -> list[CallTarget]:
    """Targets for those of ``units`` that are in use and not asked yet. The office does not ask itself."""
    asked = set(call.targets.values_list("unit", flat=True))
    fresh = [
        unit
        for unit in {unit.pk: unit for unit in units}.values()
        if unit.pk not in asked and unit.is_active and unit.kind != UnitKind.PROVINCE_OFFICE
    ]
    return CallTarget.objects.bulk_create([CallTarget(call=call, unit=unit) for unit in fresh])


def _check_ready(call: Call) -> None:
    errors = {}
    if not call.topic.strip():
        errors["topic"] = "请填写主题。"
    if not call.wanted.strip():
        errors["wanted"] = "请写明要什么样的稿件。"
    if call.deadline is None:
        errors["deadline"] = "请填写截止日期。"
    if not call.targets.exists():
        errors["units"] = "还没有发送对象，请先选择单位。"
    if errors:
        raise ValidationError(errors)
    if call.deadline is not None:
        _check_deadline(call.deadline)
    same = Call.objects.filter(
        state=CallState.SENT, kind=call.kind, topic=call.topic, wanted=call.wanted, deadline=call.deadline
    )
    if same.exclude(pk=call.pk).exists():
        raise ValidationError("相同的约稿已经发出，还在征集中。如要多发几个单位，请在那一份中“增加单位”。")


def _check_deadline(deadline: date) -> None:
    if deadline < timezone.localdate():
        raise ValidationError({"deadline": f"截止日期{official_date(deadline)}已经过去，请改为今天或以后。"})


def _tell_targets(call: Call, targets: list[CallTarget]) -> None:
    """待办, message, and the names of those who got it, kept with each target."""
    people = reporters_of(target.unit_id for target in targets)
    for target in targets:
        target.told = [user.name for user in people.get(target.unit_id, [])]
    CallTarget.objects.bulk_update(targets, ["told"])
    renew_waits(call, targets)
    tell_called(call, [user for own in people.values() for user in own])


def _people(targets: Iterable[CallTarget]) -> list[User]:
    people = reporters_of(target.unit_id for target in targets)
    return [user for own in people.values() for user in own]


def _end(call: Call, name: str, *, by: User, reason: str) -> Call:
    with moving(call, name, by=by, reason=reason) as locked:
        locked.reason = reason.strip()
    renew_waits(call, list(call.targets.select_related("unit")))
    return call
