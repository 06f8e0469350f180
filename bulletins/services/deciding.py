"""What each decision of the office does to a report: one place for a decision alone, held back, or in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from bulletins.models import Decision, HeldDecision, Submission
from bulletins.notices.submission import tell_adopted, tell_declined, tell_returned
from bulletins.services.points import Point
from bulletins.services.print_words import fill_print_text
from portal.accounts.models import User
from portal.refusals import Refused

#: What a decision writes.
FIELDS = ("print_lead", "print_text", "reason", "decided_at", "updated_at")
#: What the record of a return keeps, so that the desk can show what changed when the report comes back.
WORDS = ("title", "text", "print_lead", "print_text")
#: What a held decision says.
HELD = ("decision", "reason", "points")


@dataclass(frozen=True, slots=True)
class Order:
    """What is decided for one report. ``sent_in_at``, where given, is when it had come in as it was decided on."""

    report: int
    decision: Decision
    reason: str = ""
    points: tuple[Point, ...] = ()
    sent_in_at: datetime | None = None


def words_of(report: Submission) -> dict[str, str]:
    return {name: getattr(report, name) for name in WORDS}


def put_adopted(report: Submission, reason: str = "") -> None:
    """It waits for an issue with the office's words, proposed from the unit's where none were written."""
    fill_print_text(report)
    _decided(report, "")


def put_returned(report: Submission, reason: str) -> None:
    """The unit's next version is edited afresh. Refused once it stands in an issue."""
    require_unplaced(report)
    _decided(report, reason)
    report.print_lead = report.print_text = ""


def put_declined(report: Submission, reason: str) -> None:
    """The facts stay recorded. Refused once it stands in an issue."""
    require_unplaced(report)
    _decided(report, reason)


PUT: dict[str, Callable[[Submission, str], None]] = {
    Decision.ADOPT: put_adopted,
    Decision.RETURN: put_returned,
    Decision.DECLINE: put_declined,
}
TELL: dict[str, Callable[..., None]] = {
    Decision.ADOPT: tell_adopted,
    Decision.RETURN: tell_returned,
    Decision.DECLINE: tell_declined,
}


def forget_held(reports: Iterable[Submission]) -> dict[int, dict[str, Any]]:
    """A decision that was held back is settled by any decision that was made. Returns what was held, as JSON."""
    rows = HeldDecision.objects.filter(submission__in=[report.pk for report in reports])
    kept = {
        row.submission_id: {name: getattr(row, name) for name in HELD} | {"sent_in_at": row.sent_in_at.isoformat()}
        for row in rows
    }
    rows.delete()
    return kept


def hold_again(kept: Mapping[int, dict[str, Any] | None], *, by: User) -> None:
    """Write down anew what :func:`forget_held` returned, after the decisions that settled it were undone."""
    HeldDecision.objects.bulk_create(
        HeldDecision(
            submission_id=pk,
            by=by,
            **{name: data[name] for name in HELD},
            sent_in_at=datetime.fromisoformat(data["sent_in_at"]),
            held_at=timezone.now(),
        )
        for pk, data in kept.items()
        if data
    )


def require_unplaced(report: Submission) -> None:
    """What stands in an issue is held by the issue."""
    if hasattr(report, "placement"):
        raise Refused("这篇稿件已编入一期工作动态，请先在编印页面把对应条目取出。")


def _decided(report: Submission, reason: str) -> None:
    report.decided_at = report.updated_at = timezone.now()
    report.reason = reason.strip()
