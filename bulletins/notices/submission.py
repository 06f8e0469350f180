"""Messages about reports, to the unit's officer, the deputy and the writer."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Issue, Submission
from bulletins.notices.audience import reporters_of
from portal.accounts.models import User
from portal.notices.services import send_notice


def decision_occasion(submission: Submission) -> str:
    """Names the office's present decision on a report; a later one is another event."""
    moment = submission.decided_at.timestamp() if submission.decided_at else 0
    return f"submission:{submission.pk}:decided:{moment:.6f}"


def tell_returned(submission: Submission, *, wait_until: datetime | None = None) -> None:
    """退回修改, with the reason."""
    _tell(submission, "submission_returned", decision_occasion(submission), wait_until=wait_until)


def tell_adopted(submission: Submission, *, wait_until: datetime | None = None) -> None:
    """采用."""
    _tell(submission, "submission_adopted", decision_occasion(submission), wait_until=wait_until)


def tell_declined(submission: Submission, *, wait_until: datetime | None = None) -> None:
    """不予采用, with the reason."""
    _tell(submission, "submission_declined", decision_occasion(submission), wait_until=wait_until)


def tell_sent_back(submission: Submission, *, by: User) -> None:
    """The unit's own approver wants changes."""
    occasion = f"submission:{submission.pk}:sent-back:{submission.version}:{timezone.now().timestamp():.6f}"
    _tell(submission, "submission_sent_back", occasion, by=by)


def tell_printed(issue: Issue) -> None:
    """印发: each person hears once of all his reports in the issue, also of those joined into another's report."""
    printed = Submission.objects.filter(placement__entry__issue=issue)
    own_or_joined = Q(pk__in=printed) | Q(part_of__in=printed) | Q(part_of__part_of__in=printed)
    reports = Submission.objects.filter(own_or_joined).select_related("unit", "author").order_by("pk")
    of_person: dict[User, list[Submission]] = defaultdict(list)
    officers = {unit: reporters_of(unit) for unit in {report.unit for report in reports}}
    for report in reports:
        for person in {*officers[report.unit], report.author}:
            of_person[person].append(report)
    for person, own in of_person.items():
        units = "、".join(dict.fromkeys(report.unit.label for report in own))
        send_notice(
            occasion=f"issue:{issue.pk}:printed",
            about=issue,
            to=[person],
            template="submission_printed",
            context={"issue": issue, "reports": own, "units": units},
            url=reverse("submission", args=[own[0].pk]) if len(own) == 1 else reverse("submissions"),
            why=f"您是{units}信息员，或撰写了其中的稿件",
        )


def _tell(
    submission: Submission,
    template: str,
    occasion: str,
    *,
    wait_until: datetime | None = None,
    by: User | None = None,
) -> None:
    """Tell the officers, then the writer where he is none of them; not who did it himself."""
    officers = f"您是{submission.unit.label}信息员"
    for people, why in ((reporters_of(submission.unit), officers), ([submission.author], "您撰写了这篇稿件")):
        send_notice(
            occasion=occasion,
            about=submission,
            to=[person for person in people if person != by],
            template=template,
            context={"report": submission, "unit": submission.unit, "by": by},
            url=reverse("submission", args=[submission.pk]),
            why=why,
            wait_until=wait_until,
        )
