"""Messages about issues on their way to sign-off."""

from __future__ import annotations

from django.urls import reverse

from bulletins.models import Issue
from portal.accounts.models import User
from portal.audit.models import history
from portal.notices.services import send_notice


def tell_issue_sent_back(issue: Issue, *, by: User, reason: str) -> None:
    """退回编辑: to who sent it for review, with the reason."""
    sent = history(issue).filter(action="bulletins.issue.send_for_review").first()
    if sent is None or sent.by is None:
        return
    # Each sending for review can come back once.
    send_notice(
        occasion=f"issue:{issue.pk}:sent-back:{sent.pk}",
        about=issue,
        to=[sent.by],
        template="issue_sent_back",
        context={"issue": issue, "by": by, "reason": reason},
        url=reverse("issue", args=[issue.pk]),
        why="您把本期送审",
    )
