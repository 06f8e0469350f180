"""An issue from its first page to the public archive: opening, assembling, the chain of sign-off."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from bulletins.models import Entry, EntrySource, Issue, Periodical, Section, Submission
from bulletins.notices.issue import tell_issue_sent_back
from bulletins.notices.submission import tell_printed
from bulletins.queries.issue import final_rendition, proof_of, section_by_kind
from bulletins.queries.submission import unplaced_submissions
from bulletins.services.content import build_content
from bulletins.services.numbering import scheme_on, take_number
from bulletins.services.print_words import as_lead
from bulletins.services.rendition import order_final, order_proof
from bulletins.services.verifying import new_token
from bulletins.states import OPEN_ISSUE, SubmissionState
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.jobs.models import Job
from portal.workflow import Refused, moving, started

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


def request_proof(issue: Issue, *, by: User) -> Job:
    """生成校样: the issue is in proof, and a worker compiles exactly the words that stand in it now."""
    with moving(issue, "proof", by=by) as locked:
        return order_proof(locked, build_content(locked), by=by)


def send_for_review(issue: Issue, *, by: User) -> Issue:
    """送审: needs a proof of exactly the present words."""
    with moving(issue, "send_for_review", by=by) as locked:
        _require_current_proof(locked)
    return issue


def approve_issue(issue: Issue, *, by: User) -> Issue:
    """办公室审核: the reviewer has read it and passes it to the issuer."""
    with moving(issue, "approve", by=by) as locked:
        _require_current_proof(locked)
    return issue


def send_back_issue(issue: Issue, *, by: User, reason: str) -> Issue:
    """The reviewer or the issuer wants it changed; it can be edited again."""
    with moving(issue, "send_back", by=by, reason=reason) as locked:
        tell_issue_sent_back(locked, by=by, reason=reason)
    return issue


def sign_issue(issue: Issue, *, by: User, seen: str = "") -> Issue:
    """签发: freeze the words and give the number, in one transaction. Raises WrongState on a second try.

    ``seen`` is the digest of the words that were shown to the issuer, where a page showed them. The
    counter is locked last and for a moment only; a sign-off that fails gives its number back (no gaps).
    """
    with moving(issue, "sign", by=by) as locked:
        _require_current_proof(locked)
        content = build_content(locked)
        if seen and seen != content.digest():
            raise Refused("您看到的校样之后，内容又改过。请看过新的校样再签发。")
        _mark_reports_printed(locked, by=by)
        number, year, label = take_number(locked.periodical, locked.issue_date)
        frozen = content.to_json() | {"label": label}
        locked.number, locked.year = number, year
        locked.content, locked.content_digest = frozen, content.digest()
        locked.verify_token = new_token()
        locked.signed_at = timezone.now()
    return issue


def _mark_reports_printed(issue: Issue, *, by: User) -> None:
    reports = Submission.objects.filter(placement__entry__issue=issue, state=SubmissionState.ADOPTED)
    for report in reports.order_by("pk"):
        with moving(report, "mark_printed", by=by):
            pass


def print_issue(issue: Issue, *, by: User, printed_on: date) -> Issue:
    """印发: fix the imprint's date and have the final PDF made from the frozen content."""
    with moving(issue, "print", by=by, printed_on=printed_on.isoformat()) as locked:
        if printed_on < locked.issue_date:
            raise Refused("印发日期早于报头日期，请核对。")
        locked.printed_on = printed_on
        order_final(locked, by=by)
        tell_printed(locked)
    return issue


@transaction.atomic
def retry_final(issue: Issue, *, by: User) -> Job:
    """Have the final PDF tried again after a failure: the same number, the same frozen words, the same date."""
    if not by.has_perm("bulletins.print_issue", issue):
        raise PermissionDenied
    locked = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if locked.printed_on is None:
        raise Refused("本期还没有印发，请先确定印发日期。")
    if final_rendition(locked) is not None:
        raise Refused("正式文件已经制作完成，不会再改动。")
    record(locked, "bulletins.issue.retry_final", "重新制作正式文件", by=by)
    return order_final(locked, by=by)


def publish_issue(issue: Issue, *, by: User) -> Issue:
    """公开: anybody may read it from now on. Refused until its final PDF is there."""
    with moving(issue, "publish", by=by) as locked:
        if final_rendition(locked) is None:
            raise Refused("正式文件还没有制作完成，请稍候再公开。")
        locked.published_at = timezone.now()
    return issue


def open_for_editing(issue: Issue, *, by: User) -> Issue:
    """The locked row of an issue whose words may change. Raises PermissionDenied or Refused."""
    locked = Issue.objects.select_for_update(of=("self",)).select_related("periodical").get(pk=issue.pk)
    if not by.has_perm("bulletins.edit_issue", locked):
        raise PermissionDenied
    if locked.state not in OPEN_ISSUE:
        raise Refused(f"本期现在是“{locked.get_state_display()}”，内容已锁定，退回编辑后才能再改。")
    return locked


def one_placing_at_a_time(issue: Issue) -> None:
    """Two issues of a periodical do not take reports off the same pile at once: the second waits and sees less."""
    Periodical.objects.select_for_update(no_key=True).get(pk=issue.periodical_id)


def end_of(issue: Issue, section: Section) -> int:
    """The position after the last entry of ``section``; taking out leaves gaps, so a count would not do."""
    last = issue.entries.filter(section=section).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _require_current_proof(issue: Issue) -> None:
    if not issue.entries.exists():
        raise Refused("本期还没有条目，请先组稿。")
    if proof_of(issue, build_content(issue).digest()) is None:
        raise Refused("校样与现在的内容不一致（内容改过，或校样还在生成）。请重新生成校样并看过后再继续。")
