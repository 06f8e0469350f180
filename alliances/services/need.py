"""Every write to a need (需求): asked for, taken, arranged, done, or answered that it cannot be met."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from alliances.models import Need, NeedKind, Partnership
from alliances.notices.need import tell_asking, tell_taker
from alliances.queries.need import kinds_of_need, pairs_of_units
from alliances.rules.need import ORDERING_KINDS
from alliances.states.need import NeedState
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES, UnitKind
from portal.audit.models import record
from portal.refusals import Refused
from portal.workflow import moving, renew_waits, started

LONGEST_DETAILS = 2_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is ordered, as a form or a serializer hands it over; see models.Need."""

    kind: NeedKind
    what: str
    details: str = ""
    subject: str = ""
    stage: str = ""
    wanted_by: date | None = None
    urgency: int = Need.Urgency.NORMAL


@transaction.atomic
def propose_need(unit: Unit, wanted: Wanted, *, by: User, partnership: Partnership | None = None) -> Need:
    """Order something for ``unit`` of its pair's university; of the whole alliance where it has no pair.

    Raises PermissionDenied for who does not work there, ValidationError by field: a day in the past, a pair of
    another county, none of several pairs chosen.
    """
    if not by.holds(*UNIT_ROLES, unit=unit) or unit.kind not in ORDERING_KINDS:
        raise PermissionDenied
    pair = _pair(unit, partnership)
    need = Need(unit=unit, partnership=pair, is_open=pair is None, created_by=by)
    _write(need, wanted)
    started(need, "提出需求", by=by)
    return need


@transaction.atomic
def change_need(need: Need, wanted: Wanted, *, by: User) -> Need:
    """Correct what was ordered, as long as nobody has taken it."""
    locked = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    if not by.has_perm("alliances.change_need", locked):
        raise PermissionDenied
    if locked.state != NeedState.PROPOSED:
        raise Refused(f"这项需求{locked.get_state_display()}，内容不能再改；时间和地点请在“调整安排”里改。")
    _write(locked, wanted)
    record(locked, "alliances.need.update", "修改需求", by=by)
    renew_waits(locked)
    return locked


def claim_need(need: Need, *, by: User, unit: Unit, visitors: str, planned_on: date, arrangement: str = "") -> Need:
    """``unit`` takes it and says who comes (by their posts) and when. Who is second is told that it is taken."""
    if unit.kind != UnitKind.UNIVERSITY or not by.holds(*UNIT_ROLES, unit=unit):
        raise PermissionDenied
    with moving(need, "claim", by=by, unit=unit.name, planned_on=planned_on.isoformat()) as locked:
        if not locked.is_open and (locked.partnership is None or locked.partnership.university_id != unit.pk):
            raise PermissionDenied
        locked.taker = unit
        _plan(locked, visitors, planned_on, arrangement)
        tell_asking(locked, "need_claimed", by=by)
    return need


def arrange_need(need: Need, *, by: User, visitors: str, planned_on: date, arrangement: str) -> Need:
    """Both sides have settled day, hour and place; done again, it is changed. The other side is told."""
    name = "rearrange" if need.state == NeedState.ARRANGED else "arrange"
    with moving(need, name, by=by, planned_on=planned_on.isoformat()) as locked:
        if not arrangement.strip():
            raise ValidationError({"arrangement": "请写明时间和地点。"})
        _plan(locked, visitors, planned_on, arrangement)
        _tell_other(locked, "need_arranged", by=by)
    return need


def open_need(need: Need, *, by: User) -> Need:
    """The office lets every university of the alliance take it."""
    with moving(need, "open", by=by) as locked:
        locked.is_open = True
        tell_asking(locked, "need_opened", by=by)
    return need


def give_back_need(need: Need, *, by: User, reason: str) -> Need:
    """The taker cannot come after all: it can be taken anew."""
    with moving(need, "give_back", by=by, reason=reason) as locked:
        locked.taker, locked.visitors, locked.planned_on, locked.arrangement = None, "", None, ""
        locked.reason = reason.strip()
        tell_asking(locked, "need_given_back", by=by)
    return need


def refuse_need(need: Need, *, by: User, reason: str) -> Need:
    """未能满足: nobody will come, and this is why."""
    with moving(need, "refuse", by=by, reason=reason) as locked:
        locked.reason = reason.strip()
        tell_asking(locked, "need_unmet", by=by)
        if locked.taker:
            tell_taker(locked, locked.taker, "need_unmet", by=by)
    return need


def withdraw_need(need: Need, *, by: User, reason: str) -> Need:
    """It is not needed any more; who has taken it is told."""
    with moving(need, "withdraw", by=by, reason=reason) as locked:
        locked.reason = reason.strip()
        if locked.taker:
            tell_taker(locked, locked.taker, "need_withdrawn", by=by)
    return need


@contextmanager
def finishing_need(need: Need, *, by: User) -> Iterator[Need]:
    """已完成, in one transaction with what the caller links it to: the activity belongs to an app above this one."""
    with moving(need, "finish", by=by) as locked:
        yield locked
        _tell_other(locked, "need_done", by=by)


def _pair(unit: Unit, chosen: Partnership | None) -> Partnership | None:
    pairs = list(pairs_of_units([unit]))
    if chosen is not None:
        if chosen not in pairs:
            raise ValidationError({"partnership": "所选高校现在没有和本地区结对，请重新选择。"})
        return chosen
    if len(pairs) > 1:
        raise ValidationError({"partnership": "本地区和几所高校结对，请选择向哪一所提出。"})
    return pairs[0] if pairs else None


def _write(need: Need, wanted: Wanted) -> None:
    if not kinds_of_need(need).filter(pk=wanted.kind.pk).exists():
        raise ValidationError({"kind": f"“{wanted.kind}”已停用，请另选需求类型。"})
    for name in ("kind", "what", "details", "subject", "stage", "wanted_by", "urgency"):
        value = getattr(wanted, name)
        setattr(need, name, value.strip() if isinstance(value, str) else value)
    if need.wanted_by and need.wanted_by < timezone.localdate():
        raise ValidationError({"wanted_by": "希望最迟时间已经过去，请改为今天或以后的日期。"})
    if len(need.details) > LONGEST_DETAILS:
        raise ValidationError({"details": f"具体要求有{len(need.details)}字，超过{LONGEST_DETAILS}字，请缩短。"})
    need.full_clean()
    need.save()


def _plan(need: Need, visitors: str, planned_on: date, arrangement: str) -> None:
    if not visitors.strip():
        raise ValidationError({"visitors": "请写明由谁来（单位和职务），学校才好准备。"})
    if planned_on < timezone.localdate():
        raise ValidationError({"planned_on": "日期已经过去，请改为今天或以后的日期。"})
    need.visitors, need.planned_on, need.arrangement = visitors.strip(), planned_on, arrangement.strip()
    need.reason = ""


def _tell_other(need: Need, template: str, *, by: User) -> None:
    """Tell the side that did not act; where one person works for both, the unit that asked."""
    if need.taker and by.holds(*UNIT_ROLES, unit=need.unit_id):
        tell_taker(need, need.taker, template, by=by)
    else:
        tell_asking(need, template, by=by)
