"""更正 and 作废: a number once given is never used again, and printed words are never changed.

A correction is a notice: it stands on the page of the old issue and is printed in the next one, each naming
the other. A voided issue keeps its number; its reports wait for another issue.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError

from bulletins.content import PrintedEntry, printed_entries
from bulletins.models import Correction, Entry, EntrySource, Issue, Submission
from bulletins.notices.readership import tell_corrected, tell_voided
from bulletins.queries.correction import pending_corrections
from bulletins.services.content import content_of
from bulletins.services.open_issue import end_of
from bulletins.states import OPEN_ISSUE, SubmissionState
from portal.accounts.models import User
from portal.text.official import official_date
from portal.workflow import moving

#: Where corrections are printed; the migration puts this section last.
SECTION = "更正"


def correct_issue(issue: Issue, *, by: User, entry_key: str, wrong: str, right: str) -> Correction:
    """发布更正: say on the page of ``issue`` what was wrong in an entry, and have the next issue print it.

    Raises ValidationError where ``wrong`` does not stand in the entry or nothing would change.
    """
    wrong, right = wrong.strip(), right.strip()
    entry = _entry_with(issue, entry_key, wrong)
    if wrong == right:
        raise ValidationError({"right": "更正前后的文字相同，请核对。"})
    with moving(issue, "correct", by=by, entry=entry.content.called, wrong=wrong, right=right) as locked:
        correction = Correction.objects.create(
            issue=locked, entry_key=entry.key, called=entry.content.called, wrong=wrong, right=right, by=by
        )
        tell_corrected(correction)
        following = _open_issue_after(locked)
        if following is not None:
            place_corrections(following)
    correction.refresh_from_db()
    return correction


def place_corrections(issue: Issue) -> list[Entry]:
    """Print the corrections that wait for an issue in this open one; called where an issue is opened or assembled."""
    section = issue.periodical.sections.filter(name=SECTION).first()
    if section is None:
        return []
    entries = []
    for correction in pending_corrections(issue).select_for_update(of=("self",)):
        lead, text = notice_words(correction)
        entry = Entry.objects.create(
            issue=issue, section=section, position=end_of(issue, section), lead=lead, text=text
        )
        correction.notice = entry
        correction.save(update_fields=["notice"])
        entries.append(entry)
    return entries


def notice_words(correction: Correction) -> tuple[str, str]:
    """Lead and text of the notice, naming the issue, the entry, and both wordings."""
    issue = correction.issue
    lead = f"关于{issue}的更正。"
    text = (
        f"{official_date(issue.issue_date)}{issue}“{correction.called}”一条中，"
        f"“{correction.wrong}”应为“{correction.right}”。"
    )
    return lead, text


def void_issue(issue: Issue, *, by: User, reason: str) -> Issue:
    """作废: the number stays and is not given again; the reports of the issue wait for another one."""
    reports = Submission.objects.filter(placement__entry__issue=issue, state=SubmissionState.PRINTED).order_by("pk")
    with moving(issue, "void", by=by, reason=reason, submissions=[report.pk for report in reports]) as locked:
        locked.void_reason = reason.strip()
        tell_voided(locked, reason=locked.void_reason)
        EntrySource.objects.filter(entry__issue=locked).delete()
        for report in reports:
            with moving(report, "release", by=by):
                pass
        _forget_notices_in(locked)
    return issue


def _forget_notices_in(issue: Issue) -> None:
    """Corrections that a voided issue was to print wait for another one again."""
    Correction.objects.filter(notice__issue=issue).update(notice=None)


def _entry_with(issue: Issue, key: str, wrong: str) -> PrintedEntry:
    entry = next((entry for entry in printed_entries(content_of(issue)) if entry.key == key), None)
    if entry is None:
        raise ValidationError({"entry_key": "请选择要更正的条目。"})
    if not entry.holds(wrong):
        raise ValidationError({"wrong": "这一条里没有这段文字，请从原文中照抄。"})
    return entry


def _open_issue_after(issue: Issue) -> Issue | None:
    """The open issue that takes the notice: locked, so that it is not sent for review meanwhile."""
    rows = Issue.objects.filter(periodical=issue.periodical_id, state__in=OPEN_ISSUE).order_by("issue_date", "pk")
    return rows.select_for_update(of=("self",)).select_related("periodical").first()
