"""Look-ups of corrections: those of an issue, and those that a later issue prints."""

from __future__ import annotations

from django.db.models import QuerySet

from bulletins.models import Correction, Issue


def corrections_of(issue: Issue) -> QuerySet[Correction]:
    """What was wrong in ``issue``, each with the issue that says so where there is one."""
    return issue.corrections.select_related("notice__issue__periodical")


def corrections_in(issue: Issue) -> dict[str, Correction]:
    """The corrections that ``issue`` prints, by the key of the entry that says so."""
    rows = Correction.objects.filter(notice__issue=issue).select_related("issue__periodical")
    return {f"entry-{row.notice_id}": row for row in rows}


def pending_corrections(issue: Issue) -> QuerySet[Correction]:
    """Corrections of the same periodical that no issue prints yet."""
    rows = Correction.objects.filter(notice__isnull=True, issue__periodical=issue.periodical_id)
    return rows.exclude(issue=issue).select_related("issue__periodical")
