"""Every write to the entries of an open issue: by hand, edited, moved, taken out, taken apart."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from bulletins.models import Entry, EntrySource, Issue, Section, Submission
from bulletins.queries.submission import unplaced_submissions
from bulletins.services.issue import open_for_editing
from bulletins.services.submission import StaleSave
from bulletins.validators import check_length
from portal.accounts.models import User
from portal.audit.models import record
from portal.workflow import Refused


@transaction.atomic
def add_entry(issue: Issue, *, section: Section, lead: str, text: str, by: User) -> Entry:
    """An entry written by hand (专家引领, 他山之石), at the end of its section."""
    issue = open_for_editing(issue, by=by)
    _check(lead, text)
    return Entry.objects.create(
        issue=issue, section=section, position=_end_of(issue, section), lead=lead.strip(), text=text.strip()
    )


@transaction.atomic
def place_submission(issue: Issue, *, submission: Submission, section: Section, by: User) -> Entry:
    """Put one adopted report into ``section`` as an entry of its own. Refused if it stands in an issue already."""
    issue = open_for_editing(issue, by=by)
    report = unplaced_submissions(issue).select_for_update(of=("self",)).filter(pk=submission.pk).first()
    if report is None:
        raise Refused("这篇稿件不在待编发之列，可能已编入条目，请刷新页面查看。")
    entry = Entry.objects.create(
        issue=issue,
        section=section,
        position=_end_of(issue, section),
        lead=report.print_lead,
        text=report.print_text,
    )
    EntrySource.objects.create(entry=entry, submission=report)
    return entry


@transaction.atomic
def edit_entry(entry: Entry, *, by: User, lead: str, text: str, version: int) -> Entry:
    """Store an entry's words. Raises StaleSave where somebody saved since ``version`` was read."""
    open_for_editing(entry.issue, by=by)
    _check(lead, text)
    locked = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if (locked.lead, locked.text) == (lead, text):
        return locked
    if locked.version != version:
        raise StaleSave(locked)
    locked.lead, locked.text = lead, text
    locked.version += 1
    locked.save(update_fields=["lead", "text", "version"])
    return locked


@transaction.atomic
def move_entry(entry: Entry, *, section: Section, position: int, by: User) -> None:
    """Put an entry at ``position`` (0 is first) of ``section``; the others close up."""
    issue = open_for_editing(entry.issue, by=by)
    others = list(issue.entries.filter(section=section).exclude(pk=entry.pk))
    position = max(0, min(position, len(others)))
    Entry.objects.filter(pk=entry.pk).update(section=section)
    entry.section = section
    others.insert(position, entry)
    _number(others)


@transaction.atomic
def remove_entry(entry: Entry, *, by: User) -> None:
    """Take an entry out; its reports wait for an issue again."""
    issue = open_for_editing(entry.issue, by=by)
    record(
        issue,
        "bulletins.entry.remove",
        "取出条目",
        by=by,
        lead=entry.lead,
        text=entry.text,
        submissions=list(entry.sources.values_list("submission_id", flat=True)),
    )
    entry.delete()


def _check(lead: str, text: str) -> None:
    check_length(lead, text)
    if not lead.strip() and not text.strip():
        raise Refused("导语和正文都是空的，请填写其中一项。")


def _end_of(issue: Issue, section: Section) -> int:
    return issue.entries.filter(section=section).count()


def _number(entries: Sequence[Entry]) -> None:
    for position, entry in enumerate(entries):
        entry.position = position
    Entry.objects.bulk_update(entries, ["position"])
