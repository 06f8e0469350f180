"""校对's one-click fixes on the entries of an issue, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from bulletins.checking import RULE_BY_NAME, Finding, mended
from bulletins.models import Entry, Issue
from bulletins.queries.checking import checked_entry, examine_issue
from bulletins.queries.issue import entries_of
from bulletins.services.entry import edit_entry
from bulletins.services.open_issue import open_for_editing
from bulletins.services.saving import StaleSave
from portal.accounts.models import User
from portal.audit.models import Entry as AuditEntry
from portal.audit.models import history, record
from portal.refusals import Refused

MEND, UNDO = "bulletins.issue.mend", "bulletins.issue.undo_mend"
MOVED_ON = "这一处文字已有改动，没有修改。请查看最新的校对结果。"


@transaction.atomic
def mend_finding(entry: Entry, *, finding: str, version: int, by: User) -> AuditEntry:
    """Put in the fix of one finding (its ``id``) of an entry, as of ``version``. Raises Refused where it is gone."""
    issue = open_for_editing(entry.issue, by=by)
    entries = list(entries_of(issue))
    current = next((each for each in entries if each.pk == entry.pk), None)
    if current is None or current.version != version:
        raise Refused(MOVED_ON)
    found = [each for each in examine_issue(issue, entries)[entry.pk].findings if each.id == finding]
    if not found or found[0].fix is None:
        raise Refused(MOVED_ON)
    return _mend(issue, [(current, found)], by=by)


@transaction.atomic
def mend_all(issue: Issue, *, rule: str, by: User) -> AuditEntry:
    """Put in every fix of one rule in the whole issue. Raises Refused where the rule's fixes need a person's eye."""
    if rule not in RULE_BY_NAME or not RULE_BY_NAME[rule].bulk:
        raise Refused("这一类要逐处核对，不能一次全部修改。")
    locked = open_for_editing(issue, by=by)
    entries = list(entries_of(locked))
    examined = examine_issue(locked, entries)
    work = [(entry, [each for each in examined[entry.pk].findings if each.rule == rule]) for entry in entries]
    work = [(entry, found) for entry, found in work if any(each.fix is not None for each in found)]
    if not work:
        raise Refused("没有可以一次修改的地方。")
    return _mend(locked, work, by=by)


@transaction.atomic
def undo_mending(issue: Issue, row: AuditEntry, *, by: User) -> int:
    """Bring back the words from before a fix; returns how many entries were edited since and stay as they are."""
    locked = open_for_editing(issue, by=by)
    if history(locked).filter(action=UNDO, data__of=row.pk).exists():
        raise Refused("这次修改已经撤销过。")
    moved_on = 0
    for was in row.data["entries"]:
        entry = Entry.objects.select_related("issue__periodical").filter(pk=was["entry"], issue=locked).first()
        try:
            if entry is None or entry.version != was["version"]:
                raise Refused(MOVED_ON)
            edit_entry(entry, by=by, lead=was["lead"], text=was["text"], version=was["version"])
        except (Refused, StaleSave):
            moved_on += 1
    record(locked, UNDO, "撤销校对修改", by=by, of=row.pk)
    return moved_on


def last_mending(issue: Issue) -> AuditEntry | None:
    """The latest fix that can be taken back; none where it was already."""
    row = history(issue).filter(action__in=(MEND, UNDO)).first()
    return row if row is not None and row.action == MEND else None


def _mend(issue: Issue, work: Iterable[tuple[Entry, Sequence[Finding]]], *, by: User) -> AuditEntry:
    before = []
    places = 0
    for entry, findings in work:
        better = mended(checked_entry(entry, ()), findings)
        saved = edit_entry(entry, by=by, lead=better.lead, text=better.text, version=entry.version)
        before.append({"entry": entry.pk, "lead": entry.lead, "text": entry.text, "version": saved.version})
        places += sum(each.fix is not None for each in findings)
    rule = next(each.label for _, findings in work for each in findings)
    return record(issue, MEND, "校对修改", by=by, rule=rule, places=places, entries=before)
