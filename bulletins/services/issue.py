"""Opening an issue, what stands around its entries, and assembling it from adopted reports."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bulletins.models import Entry, EntrySource, Issue, Periodical, Section, Submission
from bulletins.queries.issue import section_by_kind
from bulletins.queries.submission import unplaced_submissions
from bulletins.services.correction import place_corrections
from bulletins.services.numbering import scheme_on
from bulletins.services.open_issue import end_of, one_placing_at_a_time, open_for_editing
from bulletins.services.print_words import as_lead
from portal.accounts.models import Unit, User
from portal.workflow import started

#: A school under a county under a prefecture under the office is the deepest path there is (DOMAIN.md, glossary).
PATH = "unit__parent__parent__parent"


@transaction.atomic
def create_issue(*, periodical: Periodical, issue_date: date, window_start: date, window_end: date, by: User) -> Issue:
    """Open an issue for a collection window; masthead and imprint start from the periodical's."""
    if not by.has_perm("bulletins.edit_issue"):
        raise PermissionDenied
    scheme_on(periodical, issue_date)
    issue = Issue(
        periodical=periodical,
        masthead=periodical.masthead,
        office=periodical.office,
        issue_date=issue_date,
        window_start=window_start,
        window_end=window_end,
        report_to=periodical.report_to,
        copy_to=periodical.copy_to,
    )
    issue.full_clean()
    issue.save()
    started(issue, "新建一期", by=by)
    place_corrections(issue)
    return issue


@transaction.atomic
def update_issue(
    issue: Issue,
    *,
    by: User,
    issue_date: date,
    window_start: date,
    window_end: date,
    masthead: str,
    office: str,
    report_to: str,
    copy_to: str,
) -> Issue:
    """Change what stands around the entries. Raises ValidationError, or Refused once it is sent for review."""
    locked = open_for_editing(issue, by=by)
    locked.issue_date, locked.window_start, locked.window_end = issue_date, window_start, window_end
    locked.masthead, locked.office = masthead, office
    locked.report_to, locked.copy_to = report_to, copy_to
    scheme_on(locked.periodical, issue_date)
    locked.full_clean()
    locked.save()
    return locked


@transaction.atomic
def assemble_issue(issue: Issue, *, by: User) -> list[Entry]:
    """一键组稿: every adopted, unplaced report goes into its section, the reports of one unit into one entry.

    Sections follow from the unit's kind (data), the order inside from the units' official order; what
    the editor has placed already stays where it is. Returns the new entries.
    """
    locked = open_for_editing(issue, by=by)
    one_placing_at_a_time(locked)
    place_corrections(locked)
    section_of = section_by_kind(locked.periodical.sections.all())
    reports = [
        report
        for report in unplaced_submissions(locked).select_related(PATH).select_for_update(of=("self",))
        if report.unit.kind in section_of
    ]
    reports.sort(key=lambda report: (section_of[report.unit.kind].order, official_place(report.unit)))
    entries = []
    for unit, group in groupby(reports, key=lambda report: report.unit):
        entries.append(_join(locked, section_of[unit.kind], unit, list(group)))
    return entries


def official_place(unit: Unit) -> tuple[tuple[int, str, int], ...]:
    """Sort key of the official order: a prefecture, then its counties in their own order, then the next.

    It is the unit's path in the tree from below the office; a caller with many units selects the parents
    along (``PATH``).
    """
    path = []
    node: Unit | None = unit
    while node is not None and node.parent_id is not None:
        path.append((node.official_order, node.name, node.pk))
        node = node.parent
    return tuple(reversed(path))


def _join(issue: Issue, section: Section, unit: Unit, reports: list[Submission]) -> Entry:
    """One entry of a unit's reports; several share a lead that names the unit (S1: 开展协同提质系列活动)."""
    lead = reports[0].print_lead if len(reports) == 1 else as_lead(f"{unit.name}开展协同提质系列活动")
    entry = Entry.objects.create(
        issue=issue,
        section=section,
        position=end_of(issue, section),
        lead=lead,
        text="\n".join(report.print_text.strip() for report in reports),
    )
    EntrySource.objects.bulk_create(EntrySource(entry=entry, submission=report) for report in reports)
    return entry
