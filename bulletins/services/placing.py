"""Where entries stand in a section: numbering them anew, and finding the place that the official order gives."""

from __future__ import annotations

from collections.abc import Iterable

from bulletins.models import Entry, EntrySource, Issue, Section, Submission
from bulletins.services.open_issue import end_of
from portal.accounts.models import Unit

#: A school under a county under a prefecture under the office is the deepest path there is (DOMAIN.md, glossary).
PATH = "unit__parent__parent__parent"

Place = tuple[tuple[int, str, int], ...]


def official_place(unit: Unit) -> Place:
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


def new_entry(issue: Issue, section: Section, report: Submission) -> Entry:
    """An entry of one report, at the end of its section."""
    entry = Entry.objects.create(
        issue=issue,
        section=section,
        position=end_of(issue, section),
        lead=report.print_lead,
        text=report.print_text.strip(),
    )
    EntrySource.objects.create(entry=entry, submission=report)
    return entry


def put(issue: Issue, entry: Entry, section: Section, position: int | None) -> None:
    """Number the entries of ``section`` anew with ``entry`` among them, at the end where ``position`` is None."""
    entries = list(issue.entries.filter(section=section).exclude(pk=entry.pk))
    entry.section = section
    entries.insert(len(entries) if position is None else max(0, position), entry)
    renumber(entries)


def renumber(entries: Iterable[Entry]) -> None:
    """Let the entries of one section stand in exactly this order."""
    rows = list(entries)
    for place, entry in enumerate(rows):
        entry.position = place
    Entry.objects.bulk_update(rows, ["section", "position"])


def put_in_official_order(issue: Issue, section: Section, new: list[Entry]) -> None:
    """Put ``new`` entries of ``section`` where the official order wants them; the others keep the editor's order.

    Each goes behind the last entry whose unit comes before its own, or before the first one that has a unit.
    """
    placed = _places(issue, section)
    fresh = {entry.pk for entry in new}
    rows = [entry for entry in issue.entries.filter(section=section) if entry.pk not in fresh]
    for entry in new:
        rows.insert(_index(rows, placed, placed[entry.pk]), entry)
    renumber(rows)


def _index(rows: list[Entry], placed: dict[int, Place], place: Place) -> int:
    known = [index for index, entry in enumerate(rows) if entry.pk in placed]
    before = [index for index in known if placed[rows[index].pk] <= place]
    if before:
        return before[-1] + 1
    return known[0] if known else len(rows)


def _places(issue: Issue, section: Section) -> dict[int, Place]:
    """The official place of each entry of ``section`` that was made of reports: that of its first report's unit."""
    sources = EntrySource.objects.filter(entry__issue=issue, entry__section=section)
    places: dict[int, Place] = {}
    for source in sources.select_related(f"submission__{PATH}").order_by("pk"):
        places.setdefault(source.entry_id, official_place(source.submission.unit))
    return places
