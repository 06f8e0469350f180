"""Messages about reports on their way through a collecting unit, to the school's officer and the writer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Submission
from bulletins.notices.audience import reporters_of
from bulletins.notices.submission import decision_occasion
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.notices.services import send_notice, take_back

#: What the office decided on the whole, as the part's people hear of it. 印发 is told with the issue.
FATES = {SubmissionState.ADOPTED: "part_adopted", SubmissionState.DECLINED: "part_declined"}


def tell_fate(part: Submission, whole: Submission) -> None:
    """What became of the report into which theirs was joined; held as long as the office may undo a bulk act."""
    if template := FATES.get(SubmissionState(part.state)):
        wait = timezone.now() + timedelta(minutes=settings.BULK_UNDO_MINUTES)
        _tell(part, template, decision_occasion(part), whole=whole, wait_until=wait)


def untell_fate(part: Submission) -> None:
    """The decision on the whole is being changed: what nobody has seen yet is not said."""
    take_back(about=part, occasion=decision_occasion(part))


def tell_passed_back(report: Submission, *, by: User) -> None:
    """The collecting unit (or the unit's own officer) wants changes, with the reason."""
    _tell(report, "report_passed_back", _now("passed-back", report), by=by)


def tell_kept(report: Submission, *, by: User) -> None:
    """留用, with the collecting unit's word why."""
    _tell(report, "report_kept", _now("kept", report), by=by)


def _now(event: str, report: Submission) -> str:
    return f"submission:{report.pk}:{event}:{timezone.now().timestamp():.6f}"


def _tell(
    report: Submission,
    template: str,
    occasion: str,
    *,
    by: User | None = None,
    whole: Submission | None = None,
    wait_until: datetime | None = None,
) -> None:
    """Tell the officers of what has left its unit, and the writer; not who did it himself."""
    officers = reporters_of(report.unit) if report.submitted_at else []
    for people, why in ((officers, f"您是{report.unit.label}信息员"), ([report.author], "您撰写了这篇稿件")):
        send_notice(
            occasion=occasion,
            about=report,
            to=[person for person in people if person != by],
            template=template,
            context={"report": report, "unit": report.unit, "desk": report.at, "by": by, "whole": whole},
            url=reverse("submission", args=[report.pk]),
            why=why,
            wait_until=wait_until,
        )
