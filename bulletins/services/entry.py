"""Every write to the entries of an open issue: written by hand, placed, edited, moved, taken out."""

from __future__ import annotations

from django.db import transaction

from bulletins.models import Entry, Issue, Section, Submission
from bulletins.queries.submission import unplaced_submissions
from bulletins.services.asking_units import close_questions
from bulletins.services.marking import keep_locked
from bulletins.services.open_issue import end_of, one_placing_at_a_time, open_for_editing
from bulletins.services.placing import new_entry, put
from bulletins.services.saving import StaleSave
from bulletins.validators import LONGEST_ENTRY, check_printed_words
from portal.accounts.models import User
from portal.audit.models import record
from portal.refusals import Refused


@transaction.atomic
def add_entry(issue: Issue, *, section: Section, lead: str, text: str, by: User) -> Entry:
    """An entry written by hand (专家引领, 他山之石), at the end of its section."""
    issue = open_for_editing(issue, by=by)
    check_printed_words(lead, text, longest=LONGEST_ENTRY)
    return Entry.objects.create(
        issue=issue, section=section, position=end_of(issue, section), lead=lead.strip(), text=text.strip()
    )


@transaction.atomic
def place_submission(
    issue: Issue, *, submission: Submission, section: Section, by: User, position: int | None = None
) -> Entry:
    """Put one adopted report into ``section`` as an entry of its own, at its end unless ``position`` is given.

    Raises Refused if it stands in an issue already.
    """
    issue = open_for_editing(issue, by=by)
    one_placing_at_a_time(issue)
    report = unplaced_submissions(issue).select_for_update(of=("self",)).filter(pk=submission.pk).first()
    if report is None:
        raise Refused("这篇稿件不在待编发之列，可能已编入条目，请刷新页面查看。")
    entry = new_entry(issue, section, report)
    if position is not None:
        put(issue, entry, section, position)
    return entry


@transaction.atomic
def edit_entry(entry: Entry, *, by: User, lead: str, text: str, version: int) -> Entry:
    """Store an entry's words. Raises StaleSave where somebody saved since ``version`` was read.

    Raises PassageChanged where they lack a locked passage.
    """
    open_for_editing(entry.issue, by=by)
    check_printed_words(lead, text, longest=LONGEST_ENTRY)
    locked = _locked(entry)
    if (locked.lead, locked.text) == (lead, text):
        return locked
    if locked.version != version:
        raise StaleSave(locked)
    keep_locked(locked, lead=lead, text=text)
    locked.lead, locked.text = lead, text
    locked.version += 1
    locked.save(update_fields=["lead", "text", "version"])
    return locked


@transaction.atomic
def move_entry(entry: Entry, *, section: Section, by: User, position: int | None = None) -> None:
    """Put an entry at ``position`` (0 is first, none is last) of ``section``; the others close up."""
    issue = open_for_editing(entry.issue, by=by)
    put(issue, _locked(entry), section, position)


@transaction.atomic
def shift_entry(entry: Entry, *, step: int, by: User) -> None:
    """Move an entry ``step`` places down its section (up where negative); at either end nothing happens."""
    issue = open_for_editing(entry.issue, by=by)
    locked = _locked(entry)
    order = list(issue.entries.filter(section=locked.section_id).values_list("pk", flat=True))
    put(issue, locked, locked.section, max(0, order.index(locked.pk) + step))


@transaction.atomic
def remove_entry(entry: Entry, *, by: User) -> None:
    """Take an entry out; its reports wait for an issue again. What it said is kept in the record."""
    issue = open_for_editing(entry.issue, by=by)
    locked = _locked(entry)
    record(
        issue,
        "bulletins.entry.remove",
        "取出条目",
        by=by,
        lead=locked.lead,
        text=locked.text,
        submissions=list(locked.sources.values_list("submission_id", flat=True)),
    )
    close_questions(Submission.objects.filter(placement__entry=locked))
    locked.delete()


def _locked(entry: Entry) -> Entry:
    """The entry's row, locked. Raises Refused where a colleague has taken it out."""
    locked = Entry.objects.select_for_update(of=("self",)).select_related("section").filter(pk=entry.pk).first()
    if locked is None:
        raise Refused("这一条已被同事取出，请刷新页面查看。")
    return locked
