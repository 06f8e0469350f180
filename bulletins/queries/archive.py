"""Look-ups of the public archive. All of them start from ``public_issues``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.urls import reverse

from bulletins.models import Entry, Issue, Rendition, Section
from bulletins.queries.issue import public_issues
from bulletins.states import IssueState
from portal.search.finding import Found, find
from portal.search.keys import Arm, Period
from portal.search.registry import Described, Share, source_called
from portal.text.wanted import Wanted


def archived_issues(*, year: int | None = None) -> QuerySet[Issue]:
    """Public issues, the latest first; of one year of the masthead's date."""
    rows = public_issues()
    return rows.filter(issue_date__year=year) if year else rows


def archived_sections() -> list[str]:
    """Sections in which public issues have entries, in printed order."""
    rows = Section.objects.filter(entries__issue__in=public_issues().order_by().values("pk"))
    return list(dict.fromkeys(rows.order_by("order", "pk").values_list("name", flat=True)))


def find_in_archive(wanted: Wanted, *, year: int | None = None, section: str = "", page: int, size: int) -> Found:
    """Entries and issues that anybody may read, with all words in them; ``section`` leaves entries alone."""
    issues = public_issues().order_by()
    entries = Entry.objects.filter(issue__in=issues.values("pk"))
    arms = [Arm(source_called("entry"), Share(entries.filter(section__name=section) if section else entries), _entries)]
    if not section:
        arms.append(Arm(source_called("issue"), Share(issues), _issues))
    period = Period(date(year, 1, 1), date(year, 12, 31)) if year else Period()
    return find(arms, wanted, period=period, page=page, size=size)


def _entries(ids: Sequence[int]) -> dict[int, Described]:
    rows = Entry.objects.filter(pk__in=ids).select_related("issue__periodical", "section")
    return {
        entry.pk: Described(f"{_page_of(entry.issue)}#entry-{entry.pk}", (str(entry.issue), entry.section.name))
        for entry in rows
    }


def _issues(ids: Sequence[int]) -> dict[int, Described]:
    rows = Issue.objects.filter(pk__in=ids).select_related("periodical")
    return {issue.pk: Described(_page_of(issue), (str(issue),)) for issue in rows}


def _page_of(issue: Issue) -> str:
    return reverse("archive-issue", args=[issue.pk])


def archived_years() -> list[int]:
    """Years in which public issues are dated, the latest first."""
    years = public_issues().order_by().annotate(of_year=ExtractYear("issue_date")).values_list("of_year", flat=True)
    return sorted(set(years), reverse=True)


def with_final_file(rows: QuerySet[Issue]) -> QuerySet[Issue]:
    """Issues with their final PDF as ``final_files`` (a list of none or one); one query more."""
    finals = Rendition.objects.filter(kind=Rendition.Kind.FINAL)
    return rows.prefetch_related(Prefetch("renditions", queryset=finals, to_attr="final_files"))


def final_file(issue: Issue) -> Rendition | None:
    """The final PDF of an issue that was read by ``with_final_file``; a voided one is not handed out."""
    if issue.state == IssueState.VOIDED:
        return None
    files: list[Rendition] = getattr(issue, "final_files", [])
    return files[0] if files else None


def neighbours(issue: Issue) -> tuple[Issue | None, Issue | None]:
    """The public issues before and after ``issue`` by the date of the masthead; two queries."""
    rows = public_issues().exclude(pk=issue.pk)
    same_day = Q(issue_date=issue.issue_date)
    place = issue.number or 0
    earlier = rows.filter(Q(issue_date__lt=issue.issue_date) | same_day & Q(number__lt=place))
    later = rows.filter(Q(issue_date__gt=issue.issue_date) | same_day & Q(number__gt=place))
    return earlier.first(), later.reverse().first()
