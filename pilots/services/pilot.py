"""The register of pilots: by a round, by the office's own hand for the past, and leaving it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import Candidate
from pilots.models.pilot import Pilot
from pilots.queries.pilot import MODELS
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.audit.models import record
from portal.refusals import Refused
from portal.saving import save_checked
from portal.text.official import official_date

_KINDS = {UnitKind.COUNTY: "county", UnitKind.SCHOOL: "school"}


def register_chosen(candidate: Candidate, *, by: User) -> Pilot:
    """The unit that a round has chosen becomes a pilot for the round's term."""
    round = candidate.round
    return _register(
        candidate.unit,
        since=round.term_since or timezone.localdate(),
        until=round.term_until,
        by=by,
        candidate=candidate,
    )


@transaction.atomic
def enter_pilot(unit: Unit, *, by: User | None, since: date, until: date | None = None, basis: str = "") -> Pilot:
    """The office enters a pilot of the past, by the paper ``basis``; ``until`` is the last day, None an open end.

    Raises PermissionDenied, Refused for a unit that is neither county nor school, ValidationError by field.
    """
    if by is not None and not by.has_perm("pilots.manage_pilots"):
        raise PermissionDenied
    return _register(unit, since=since, until=until, by=by, basis=basis.strip())


@transaction.atomic
def withdraw_pilot(pilot: Pilot, *, by: User, last_day: date, reason: str) -> Pilot:
    """退出试点: ``last_day`` is its last; the row stays. Raises Refused where it has ended or no reason is given."""
    if not by.has_perm("pilots.manage_pilots"):
        raise PermissionDenied
    locked: Pilot = type(pilot)._default_manager.select_for_update(of=("self",)).select_related("unit").get(pk=pilot.pk)
    if not reason.strip():
        raise ValidationError({"reason": "请写明退出试点的理由。"})
    if last_day < locked.during.lower:
        raise ValidationError({"last_day": f"最后一日早于试点开始的{official_date(locked.during.lower)}，请核对。"})
    if locked.during.upper is not None and last_day >= locked.during.upper:
        ended = official_date(locked.during.upper - timedelta(days=1))
        raise Refused(f"{locked.unit}的试点到{ended}为止，不能再往后改。")
    locked.during = (locked.during.lower, last_day + timedelta(days=1))
    locked.withdrawn_reason = reason.strip()
    locked.save()
    record(
        locked, f"{locked._meta.label_lower}.withdraw", "退出试点", by=by, reason=reason, last_day=last_day.isoformat()
    )
    pilot.refresh_from_db()
    return pilot


def unregister(candidate: Candidate, *, by: User) -> None:
    """Take what a decision had registered off again: the decision was undone before the result was published."""
    for pilot in MODELS[candidate.round.level]._default_manager.filter(candidate=candidate):
        record(pilot, f"{pilot._meta.label_lower}.unregister", "取消登记试点", by=by)
        pilot.delete()


def _register(unit: Unit, *, since: date, until: date | None, by: User | None, **fields: Any) -> Pilot:
    level = _KINDS.get(UnitKind(unit.kind))
    if level is None:
        raise Refused(f"“{unit}”不是县（市、区）或学校，不能登记为试点。")
    if until is not None and until < since:
        raise ValidationError({"until": "截止日期早于起始日期，请核对。"})
    during = (since, until + timedelta(days=1) if until else None)
    pilot = MODELS[level](unit=unit, during=during, registered_by=by, **fields)
    save_checked(pilot, exclude=["registered_by"])
    record(pilot, f"{pilot._meta.label_lower}.create", "登记试点", by=by, since=since.isoformat())
    return pilot
