"""A unit's answer to a call for cases (案例征集), and keeping both in step."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bulletins.models import CallTarget, Case
from bulletins.services.call_answer import locked_target, require_open, settle
from bulletins.services.case import begin_case
from portal.accounts.models import User
from portal.refusals import Refused


@transaction.atomic
def start_case_answer(target: CallTarget, *, by: User) -> Case:
    """A new case that answers the call, in its frame; an untouched one of the same writer is taken up again.

    Raises PermissionDenied for who does not work for the unit, Refused where the call takes no answers any more.
    """
    target = locked_target(target)
    if not by.has_perm("bulletins.write_for_call", target):
        raise PermissionDenied
    require_open(target)
    if target.call.frame is None:
        raise Refused("这份约稿征集的是稿件，不是案例，请从约稿页面点“写稿”。")
    return begin_case(frame=target.call.frame, unit=target.unit, by=by, call=target.call)


def follow_case(case: Case) -> None:
    """Keep the call that a case answers in step with it; the mutator calls this after every step of a case."""
    if case.call_id is None:
        return
    targets = CallTarget.objects.filter(call=case.call_id, unit=case.unit_id).select_related("call", "unit")
    for target in targets.select_for_update(of=("self",)):
        settle(target)
