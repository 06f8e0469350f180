"""What of a call waits for its units: a row in their 待办 until they have answered."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from bulletins.models import Call, CallTarget, Case, Submission
from bulletins.states import CallState, SubmissionState
from bulletins.states.case import CaseState
from portal.accounts.roles import REPORTING_ROLES
from portal.inbox.services import Wait, replace_waiting_of


def renew_waits(call: Call, targets: Iterable[CallTarget]) -> None:
    """Bring the 待办 of ``targets`` (with their units) in step with them and with the call's state."""
    targets = list(targets)
    signing = _with_approver(call, targets)
    replace_waiting_of(
        CallTarget, {target.pk: [] if target.unit_id in signing else list(_waits(call, target)) for target in targets}
    )


def _waits(call: Call, target: CallTarget) -> Iterable[Wait]:
    if call.state != CallState.SENT or target.answered_at or target.no_report_at or not target.unit.is_active:
        return
    yield Wait(
        call.topic,
        call.get_kind_display(),
        reverse("own-call", args=[call.pk]),
        unit=target.unit,
        roles=tuple(sorted(REPORTING_ROLES)),
        due=call.deadline,
    )


def _with_approver(call: Call, targets: list[CallTarget]) -> set[int]:
    """Units whose officer has done his part: the answer lies with the unit's approver, whose 待办 says so."""
    units = [target.unit_id for target in targets]
    if call.kind == Call.Kind.CASE:
        cases = Case.objects.filter(call=call, unit__in=units, state=CaseState.AWAITING_UNIT)
        return set(cases.values_list("unit", flat=True))
    rows = Submission.objects.filter(call=call, unit__in=units)
    return set(rows.filter(state=SubmissionState.AWAITING_UNIT).values_list("unit", flat=True))
