"""Reading activities off a pasted text: units, kinds and batches come from the database, rows go back to the page.

``bulletins.reading`` is pure and knows no rows; this module puts the two together. It writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bulletins.reading import KnownBatch, KnownKind, KnownUnit, ReadActivity, read_report
from pilots.models import HeadCount
from pilots.queries.activity import Lookups
from pilots.services.activity_row import Row, understand
from pilots.services.activity_text import date_text
from portal.accounts.models import Unit
from portal.text.headcounts import HeadCount as FoundHeadCount

#: So much of the passage is kept with a row, to show where it was read and to know it again.
SOURCE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text says: ``title`` proposed, ``rows`` proposed in its order, ``problems`` as sentences."""

    title: str
    rows: tuple[Row, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Rows after recognition: ``new`` are keys of rows that were added, ``kept`` counts those left as typed."""

    rows: tuple[Row, ...]
    new: frozenset[str]
    kept: int


def recognise(text: str, *, unit: Unit, lookups: Lookups, today: date) -> Recognised:
    """Read ``text``, a report of ``unit``. Events without a date are no rows: a fact needs a day.

    ``today`` decides on years that are not written. The text itself is not changed.
    """
    report = read_report(
        text,
        today=today,
        units=[KnownUnit(pk, names) for pk, names in lookups.names],
        kinds=[KnownKind(kind.pk, kind.name, tuple(kind.words.split())) for kind in lookups.kinds.values()],
        batches=[KnownBatch(batch.pk, batch.name, tuple(batch.words.split())) for batch in lookups.batches.values()],
    )
    rows = (
        _row(activity, f"r{number}", unit, lookups)
        for number, activity in enumerate(report.activities, 1)
        if activity.start
    )
    return Recognised(report.title, tuple(rows), report.problems)


def merge_rows(rows: Sequence[Row], proposed: Sequence[Row], lookups: Lookups, *, today: date) -> Merged:
    """Bring what was read into what stands on the page.

    Rows typed, confirmed or changed by hand stay exactly as they are, and so do stored activities; rows read
    earlier and untouched since give way to the new reading. What a kept row already tells (the same passage,
    or the same first day) is not added again.
    """
    kept = [row for row in rows if not row.is_empty and not row.is_untouched]
    sources = {row.source for row in kept if row.source}
    told_again = {row.source for row in proposed} - {""}
    others = [row for row in kept if row.source not in told_again]
    starts = [understand(row, lookups, today=today).facts.start for row in others]
    added = []
    for row in proposed:
        start = understand(row, lookups, today=today).facts.start
        if row.source in sources:
            continue
        if start in starts:
            starts.remove(start)
            continue
        added.append(row)
    renamed = _fresh_keys(added, {row.key for row in kept})
    known = {row.source for row in rows}
    new = frozenset(row.key for row in renamed if row.source not in known)
    return Merged((*kept, *renamed), new, len(kept))


def without_title(title: str, text: str) -> str:
    """``text`` without a first line, or bold lead, that says exactly ``title``; unchanged where it does not.

    Stars, ``**`` and the stop belong to the title's line. The lead would otherwise be printed twice.
    """
    bare = title.strip().rstrip("。．.")
    if not bare:
        return text
    match = re.match(rf"\s*★?\s*(?:\*\*)?\s*{re.escape(bare)}[。．.]?(?:\*\*)?(?P<end>[ \t]*\n\s*)?", text)
    if match is None:
        return text
    ends_there = match["end"] is not None or match[0].rstrip().endswith(("。", "．", "**", "！", "？"))
    return text[match.end() :] if ends_there and match.end() < len(text) else text


def _row(activity: ReadActivity, key: str, unit: Unit, lookups: Lookups) -> Row:
    partners = [lookups.units[pk].name for pk in activity.partner_ids if pk != unit.pk and pk in lookups.units]
    return Row(
        key=key,
        kind=str(activity.kind_id or ""),
        date=date_text(activity.start, activity.end, activity.days, approximate=activity.approximate),
        sessions=str(activity.sessions),
        place=activity.place,
        partners="、".join(partners),
        people="；".join(_people_text(count) for count in activity.head_counts),
        batches=tuple(str(pk) for pk in activity.batch_ids),
        source=activity.text[:SOURCE_LENGTH],
    ).as_read()


def _people_text(count: FoundHeadCount) -> str:
    exactness = "" if count.exactness == "exact" else count.exactness
    return str(
        HeadCount(who=count.who, number=count.number, measure=count.measure, exactness=exactness, is_total=count.total)
    )


def _fresh_keys(rows: Sequence[Row], taken: set[str]) -> list[Row]:
    """The rows under keys that no other row of the page has."""
    renamed = []
    number = 0
    for row in rows:
        number += 1
        while f"r{number}" in taken:
            number += 1
        renamed.append(Row.from_json(row.to_json() | {"key": f"r{number}"}))
    return renamed
