"""A unit's answers to a call: a report that is linked already, or 本次无稿; and keeping both in step."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from bulletins.models import Call, CallTarget, Submission
from bulletins.queries.call import answering
from bulletins.services.call_waits import renew_waits
from bulletins.services.saving import locked_submission
from bulletins.services.submission import create_submission
from bulletins.states import WITH_UNIT, CallState, SubmissionState
from portal.accounts.models import User
from portal.audit.models import record
from portal.refusals import Refused

LONGEST_NO_REPORT = 200
#: States that a step of the unit itself leads to; what others do with a report changes nothing about its answer.
NEWS = frozenset(
    {
        SubmissionState.DRAFT,
        SubmissionState.HANDED_IN,
        SubmissionState.AWAITING_UNIT,
        SubmissionState.COLLECTING,
        SubmissionState.IN_REVIEW,
        SubmissionState.RETURNED,
    }
)


@transaction.atomic
def start_answer(target: CallTarget, *, by: User) -> Submission:
    """A new draft that answers the call, its topic as title. An untouched one of the same writer is taken up again.

    Raises PermissionDenied for who does not work for the unit, Refused where the call takes no answers any more.
    """
    target = locked_target(target)
    if not by.has_perm("bulletins.write_for_call", target):
        raise PermissionDenied
    require_open(target)
    if target.call.kind == Call.Kind.CASE:
        raise Refused("这次征集的是典型案例，请点“写案例”。")
    own = Submission.objects.filter(call=target.call, unit=target.unit, author=by, state=SubmissionState.DRAFT)
    untouched = own.filter(title=_title(target.call), text="", activities__isnull=True)
    if draft := untouched.filter(Q(draft_rows__isnull=True) | Q(draft_rows=[])).first():
        return draft
    submission = create_submission(unit=target.unit, by=by, title=_title(target.call))
    submission.call = target.call
    submission.save(update_fields=["call"])
    return submission


@transaction.atomic
def link_draft(target: CallTarget, *, submission: Submission, by: User) -> Submission:
    """Let a draft that the unit has already answer the call."""
    target = locked_target(target)
    locked = locked_submission(submission)
    if not by.has_perm("bulletins.write_submission", locked) or locked.unit_id != target.unit_id:
        raise PermissionDenied
    require_open(target)
    if target.call.kind == Call.Kind.CASE:
        raise Refused("这次征集的是典型案例，不能用稿件应征。")
    if locked.state not in WITH_UNIT or locked.call_id not in (None, target.call_id):
        raise Refused("这篇稿件已经送出，或已用于别的约稿，不能再改。")
    locked.call = target.call
    locked.save(update_fields=["call"])
    record(locked, "bulletins.submission.link_call", "用于应约稿", by=by, call=target.call_id)
    return locked


@transaction.atomic
def say_no_report(target: CallTarget, *, by: User, reason: str = "") -> CallTarget:
    """本次无稿, with why: the call waits no longer for the unit. A report may still follow."""
    target = locked_target(target)
    _require_officer(target, by)
    require_open(target)
    if target.answered_at is not None:
        raise Refused("本单位已经应稿，不用再说明无稿。")
    reason = reason.strip()
    if not reason:
        raise Refused("请写明本次无稿的原因，一句话即可，如“本月没有开展相关活动”。")
    if len(reason) > LONGEST_NO_REPORT or "\x00" in reason:
        raise Refused(f"原因请控制在{LONGEST_NO_REPORT}字以内，现有{len(reason)}字。")
    target.no_report_at, target.no_report_by, target.no_report_reason = timezone.now(), by, reason
    target.save()
    record(target.call, "bulletins.call.no_report", f"{target.unit.label}：本次无稿"[:40], by=by, reason=reason)
    renew_waits(target.call, [target])
    return target


@transaction.atomic
def take_back_no_report(target: CallTarget, *, by: User) -> CallTarget:
    """There will be a report after all."""
    target = locked_target(target)
    _require_officer(target, by)
    require_open(target)
    if target.no_report_at is None:
        return target
    _clear(target)
    target.save()
    record(target.call, "bulletins.call.report_after_all", f"{target.unit.label}：撤回“本次无稿”"[:40], by=by)
    renew_waits(target.call, [target])
    return target


def follow_submission(submission: Submission) -> None:
    """Keep the calls that a report answers in step with it; the mutator calls this after every step of a report."""
    if submission.state not in NEWS or (submission.state == SubmissionState.RETURNED and submission.decided_at):
        return  # it had answered before, and still does
    concerned = Q(call=submission.call_id)
    if submission.call_id is None:
        concerned = Q(call__kind=Call.Kind.POINTS, call__state=CallState.SENT)
    targets = CallTarget.objects.filter(concerned, unit=submission.unit_id).select_related("call", "unit")
    for target in targets.select_for_update(of=("self",)):
        settle(target)


def settle(target: CallTarget) -> None:
    """When the unit answered is the first moment at which a report (or case) that still counts had left it."""
    first = answering(target).aggregate(first=Min("submitted_at"))["first"]
    target.answered_at = (target.answered_at or first) if first else None
    if target.answered_at is not None:
        _clear(target)
    target.save()
    renew_waits(target.call, [target])


def _clear(target: CallTarget) -> None:
    target.no_report_at, target.no_report_by, target.no_report_reason = None, None, ""


def _title(call: Call) -> str:
    """报送要点 name no single topic: the title is the unit's own."""
    return call.topic if call.kind == Call.Kind.TOPIC else ""


def locked_target(target: CallTarget) -> CallTarget:
    """One unit's part in a call, locked until the transaction ends, with call and unit."""
    rows = CallTarget.objects.select_for_update(of=("self",)).select_related("call", "unit")
    return rows.get(pk=target.pk)


def _require_officer(target: CallTarget, by: User) -> None:
    if not by.has_perm("bulletins.answer_call", target):
        raise PermissionDenied


def require_open(target: CallTarget) -> None:
    """Raise Refused where the call takes no answers any more."""
    if target.call.state != CallState.SENT:
        raise Refused(f"{target.call.get_kind_display()}“{target.call}”{target.call.get_state_display()}，不用再应稿。")
