"""Opening an issue, what stands around its entries, and assembling it from adopted reports."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.db import transaction

from bulletins.models import Entry, Issue, Periodical, Submission
from bulletins.queries.issue import section_by_kind
from bulletins.queries.submission import unplaced_submissions
from bulletins.services.correction import place_corrections
from bulletins.services.merging import merge_entries
from bulletins.services.numbering import scheme_on
from bulletins.services.open_issue import one_placing_at_a_time, open_for_editing
from bulletins.services.placing import PATH, new_entry, official_place, put_in_official_order
from bulletins.services.saving import StaleSave
from portal.accounts.models import User
from portal.workflow import started


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
    version: int,
) -> Issue:
    """Change what stands around the entries. Raises ValidationError, or Refused once it is sent for review, or
    StaleSave where somebody has saved something else since ``version`` was read."""
    locked = open_for_editing(issue, by=by)
    given = (issue_date, window_start, window_end, masthead, office, report_to, copy_to)
    if around_of(locked) == given:
        return locked
    if locked.version != version:
        raise StaleSave(locked)
    locked.version += 1
    locked.issue_date, locked.window_start, locked.window_end = issue_date, window_start, window_end
    locked.masthead, locked.office = masthead, office
    locked.report_to, locked.copy_to = report_to, copy_to
    scheme_on(locked.periodical, issue_date)
    locked.full_clean()
    locked.save()
    return locked


def around_of(issue: Issue) -> tuple[date, date, date, str, str, str, str]:
    """What stands around the entries, in the order of :func:`update_issue`."""
    return (
        issue.issue_date,
        issue.window_start,
        issue.window_end,
        issue.masthead,
        issue.office,
        issue.report_to,
        issue.copy_to,
    )


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
    made: list[Entry] = []
    for section, group in groupby(reports, key=lambda report: section_of[report.unit.kind]):
        new = [new_entry(locked, section, report) for report in group]
        put_in_official_order(locked, section, new)
        made.extend(new)
    return _joined_by_unit(locked, made, reports, by=by)


def _joined_by_unit(issue: Issue, made: list[Entry], reports: list[Submission], *, by: User) -> list[Entry]:
    """The new entries, those of one unit merged into one (恢复原文 parts them again)."""
    joined = []
    for _, pairs in groupby(zip(made, reports, strict=True), key=lambda pair: pair[1].unit_id):
        entries = [entry for entry, _ in pairs]
        several = len(entries) > 1
        joined.append(merge_entries(issue, entries=[entry.pk for entry in entries], by=by) if several else entries[0])
    return joined
