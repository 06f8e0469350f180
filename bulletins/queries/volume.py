"""Look-ups of bound volumes and of what they can bind."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import ExtractYear

from bulletins.models import Entry, Issue, Periodical, Rendition, Submission, Volume
from bulletins.states import IN_FORCE_ISSUE, IssueState
from portal.accounts.models import User


def volumes_for(user: User) -> QuerySet[Volume]:
    """The volumes that ``user`` may take: all for who works with issues, else none."""
    rows = Volume.objects.select_related("job", "created_by")
    return rows if user.has_perm("bulletins.view_issues") else rows.none()


def bindable_issues(periodical: Periodical, since: date, until: date) -> QuerySet[Issue]:
    """Issues in force in order, each with its final file as ``final_files``."""
    finals = Prefetch("renditions", Rendition.objects.filter(kind=Rendition.Kind.FINAL), to_attr="final_files")
    rows = _in_range(periodical, since, until).filter(renditions__kind=Rendition.Kind.FINAL)
    return rows.select_related("periodical").prefetch_related(finals).order_by("issue_date", "number", "pk")


def bindable_years(periodical: Periodical) -> list[int]:
    """Years in which issues in force are dated, the latest first."""
    rows = Issue.objects.filter(periodical=periodical, state__in=IN_FORCE_ISSUE)
    years = rows.order_by().values_list(ExtractYear("issue_date"), flat=True).distinct()
    return sorted(years, reverse=True)


def unfinished_issues(periodical: Periodical, since: date, until: date) -> QuerySet[Issue]:
    """Issues that are printed and whose file is still being made."""
    return _in_range(periodical, since, until).exclude(renditions__kind=Rendition.Kind.FINAL).order_by("issue_date")


def voided_issues(periodical: Periodical, since: date, until: date) -> QuerySet[Issue]:
    """Numbers that were given and do not hold."""
    rows = periodical.issues.filter(state=IssueState.VOIDED, issue_date__range=(since, until))
    return rows.order_by("issue_date", "number")


def credited_units(issues: list[Issue]) -> dict[int, list[int]]:
    """By entry the units whose reports it was made of, those of schools joined into them too; four queries."""
    reports = Submission.objects.only("pk", "unit", "part_of").prefetch_related(
        Prefetch("parts", Submission.objects.only("pk", "unit", "part_of"))
    )
    rows = Entry.objects.filter(issue__in=issues).prefetch_related(Prefetch("submissions", reports))
    return {
        entry.pk: list(
            dict.fromkeys(
                unit
                for report in entry.submissions.all()
                for unit in (report.unit_id, *(part.unit_id for part in report.parts.all()))
            )
        )
        for entry in rows
    }


def _in_range(periodical: Periodical, since: date, until: date) -> QuerySet[Issue]:
    return Issue.objects.filter(periodical=periodical, state__in=IN_FORCE_ISSUE, issue_date__range=(since, until))
