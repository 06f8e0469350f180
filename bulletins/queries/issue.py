"""Where every list and look-up of issues starts, for pages, API, archive and feed alike."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from bulletins.models import Entry, Issue, Periodical, Rendition, Submission
from bulletins.states import OPEN_ISSUE, IssueState
from portal.accounts.models import User


def the_periodical() -> Periodical:
    """The one bulletin; the migration creates it."""
    return Periodical.objects.earliest("pk")


def issues_for(user: User) -> QuerySet[Issue]:
    """Issues that ``user`` may see inside the portal: the desk all, a leader once signed, others public ones."""
    rows = Issue.objects.select_related("periodical")
    if user.has_perm("bulletins.view_desk"):
        return rows
    if user.has_perm("bulletins.view_issues"):
        return rows.filter(number__isnull=False)
    return rows.filter(state=IssueState.PUBLISHED)


def public_issues() -> QuerySet[Issue]:
    """What anybody may read, the latest first. An issue is public only with its final PDF."""
    return (
        Issue.objects.filter(state=IssueState.PUBLISHED)
        .select_related("periodical")
        .order_by("-issue_date", "-number", "-pk")
    )


def open_issues(user: User) -> QuerySet[Issue]:
    """Issues whose words may still change."""
    return issues_for(user).filter(state__in=OPEN_ISSUE)


def entries_of(issue: Issue) -> QuerySet[Entry]:
    """Entries in printed order with their section, their reports and these reports' units: three queries."""
    return issue.entries.select_related("section").prefetch_related(
        Prefetch("submissions", queryset=Submission.objects.select_related("unit"))
    )


def latest_proof(issue: Issue) -> Rendition | None:
    return issue.renditions.filter(kind=Rendition.Kind.PROOF).first()


def proof_of(issue: Issue, content_digest: str) -> Rendition | None:
    """A proof of exactly these words, if one was made."""
    return issue.renditions.filter(kind=Rendition.Kind.PROOF, content_digest=content_digest).first()


def final_rendition(issue: Issue) -> Rendition | None:
    return issue.renditions.filter(kind=Rendition.Kind.FINAL).first()
