"""What people decided about single passages: those locked, and findings let pass.

What was decided on a report holds for every entry made from it, whichever way it got there; so nothing is
copied when reports are placed, merged or taken out again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import QuerySet

from bulletins.models import Entry, EntrySource, PassageLock, Submission, Waiver

OneText = Entry | Submission
Mark = TypeVar("Mark", Waiver, PassageLock)


def locks_in_force() -> QuerySet[PassageLock]:
    return PassageLock.objects.filter(released_at__isnull=True).select_related("by")


def locks_of(one: OneText) -> list[PassageLock]:
    """The passages of a report or an entry that no save may change; at most two queries."""
    return _of_one(locks_in_force(), one)


def waivers_of(one: OneText) -> list[Waiver]:
    """The findings let pass in a report or an entry; at most two queries."""
    return _of_one(Waiver.objects.select_related("by"), one)


def locks_by_entry(entries: Iterable[Entry]) -> dict[int, list[PassageLock]]:
    """The same for many entries of which the reports are read along; two queries."""
    return _by_entry(locks_in_force(), entries)


def waivers_by_entry(entries: Iterable[Entry]) -> dict[int, list[Waiver]]:
    """The same for many entries of which the reports are read along; two queries."""
    return _by_entry(Waiver.objects.select_related("by"), entries)


def _of_one(rows: QuerySet[Mark], one: OneText) -> list[Mark]:
    if isinstance(one, Submission):
        return list(rows.filter(submission=one))
    sources = EntrySource.objects.filter(entry=one).values("submission")
    found = list(rows.filter(entry=one))
    found.extend(rows.filter(submission__in=sources))
    return found


def _by_entry(rows: QuerySet[Mark], entries: Iterable[Entry]) -> dict[int, list[Mark]]:
    entries = list(entries)
    found: dict[int, list[Mark]] = defaultdict(list)
    for row in rows.filter(entry__in=entries):
        found[row.entry_id or 0].append(row)
    home = {report.pk: entry.pk for entry in entries for report in entry.submissions.all()}
    for row in rows.filter(submission__in=home):
        found[home[row.submission_id or 0]].append(row)
    return found
