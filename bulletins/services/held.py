"""Decisions held back (暂存决定): written down, changed, dropped, sent together. No unit learns of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from bulletins.models import Bulk, Decision, HeldDecision, Submission
from bulletins.services.bulk import decide_many
from bulletins.services.deciding import Order, require_unplaced
from bulletins.services.points import Point, new_points
from bulletins.services.saving import locked_submission
from portal.accounts.models import User
from portal.audit.models import record
from portal.refusals import Refused
from portal.text.typed import typed
from portal.workflow import check, workflow_of


@transaction.atomic
def hold_decision(
    submission: Submission, *, by: User, decision: Decision, reason: str = "", points: Sequence[Point] = ()
) -> HeldDecision:
    """Write a decision down to be sent later; one that was held before is replaced.

    Refused where the decision could not be made now: held is only what could be sent at once.
    """
    locked = locked_submission(submission)
    check(locked, workflow_of(locked).find(decision), by=by, reason=reason)
    require_unplaced(locked)
    points = [replace(point, wish=typed(point.wish)) for point in points]
    if decision == Decision.RETURN:
        new_points(locked, points, number=0, by=by)
    held, _ = HeldDecision.objects.update_or_create(
        submission=locked,
        defaults={
            "decision": decision,
            "reason": reason.strip(),
            "points": [point.to_json() for point in points if point.wish] if decision == Decision.RETURN else [],
            "by": by,
            "sent_in_at": locked.submitted_at or timezone.now(),
        },
    )
    record(locked, "bulletins.submission.hold", "暂存决定", by=by, reason=reason, decision=decision)
    return held


@transaction.atomic
def drop_held(submission: Submission, *, by: User) -> None:
    """Think better of it: nothing was sent. Refused where there is nothing (any more)."""
    locked = locked_submission(submission)
    if not by.has_perm("bulletins.edit_submission", locked):
        raise PermissionDenied
    gone, _ = HeldDecision.objects.filter(submission=locked).delete()
    if not gone:
        raise Refused("这篇稿件没有暂存的决定，可能已由同事发出或取消。")
    record(locked, "bulletins.submission.drop_held", "取消暂存", by=by)


def send_held(reports: Iterable[int], *, by: User, key: str) -> Bulk:
    """一并发出: what is held for these reports, with a result per row; the others stay as they are."""
    held = HeldDecision.objects.filter(submission__in=reports)
    return decide_many([order_of(one) for one in held], by=by, key=key, label="发出暂存决定")


def order_of(held: HeldDecision) -> Order:
    return Order(
        held.submission_id,
        Decision(held.decision),
        held.reason,
        tuple(Point(**point) for point in held.points),
        held.sent_in_at,
    )
