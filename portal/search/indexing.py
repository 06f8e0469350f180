"""Keeping the index in step: what the triggers have marked is written anew, before anybody looks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from portal.search.models import Findable, Stale
from portal.search.registry import Indexed, Source, sources
from portal.text.folding import fold, grams

#: So many marks are worked off before a search; a worker does the rest of a larger change within moments.
BEFORE_A_SEARCH = 500
#: So many marks at once in a worker, and things at once when all is written anew.
AT_ONCE = 1_000
#: Of a longer text only this much can be found; a report has some thousand characters, a file may have millions.
LONGEST_TEXT = 200_000
LONGEST_TITLE = 300
#: Plain SQL: the ORM looks at each of the thousand numbers of a row and takes ten times as long.
_WRITE = """
    INSERT INTO search_findable (source, object_id, audience, unit_id, day, title, text, folded, grams)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::integer[])
    ON CONFLICT (source, object_id, audience) DO UPDATE SET
        unit_id = excluded.unit_id, day = excluded.day, title = excluded.title, text = excluded.text,
        folded = excluded.folded, grams = excluded.grams
"""
#: Held while rows are written: two who write the same thing at once could leave the older words.
_LOCK = 6_277_101


def catch_up(most: int = BEFORE_A_SEARCH) -> int:
    """Bring up to date what is marked, ``most`` marks of it; returns how many were worked off.

    Where somebody else is at it already, nothing is done: he will have finished in a moment.
    """
    if not Stale.objects.exists():
        return 0
    with transaction.atomic():
        if not _locked("pg_try_advisory_xact_lock"):
            return 0
        return _work_off(most)


def catch_up_wholly() -> int:
    """Bring everything up to date that is marked; for workers. Returns the number of marks."""
    total = 0
    while Stale.objects.exists():
        with transaction.atomic():
            _locked("pg_advisory_xact_lock")
            total += _work_off(AT_ONCE)
    return total


def write_anew() -> int:
    """Forget the index and write it from the things themselves; returns the number of rows."""
    with transaction.atomic():
        _locked("pg_advisory_xact_lock")
        Stale.objects.all().delete()
        Findable.objects.all().delete()
        for source in sources():
            ids = list(source.model._default_manager.order_by("pk").values_list("pk", flat=True))
            for start in range(0, len(ids), AT_ONCE):
                write_rows(source, ids[start : start + AT_ONCE])
    return Findable.objects.count()


def _locked(function: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_LOCK])
        return cursor.fetchone()[0] is not False


def _work_off(most: int) -> int:
    marks = list(Stale.objects.order_by("pk")[:most])
    Stale.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    changed: dict[str, set[int]] = defaultdict(set)
    for mark in marks:
        changed[mark.source].add(mark.object_id)
    for source in sources():
        for other, ids in source.dependants(sorted(changed[source.name])).items() if changed[source.name] else ():
            changed[other].update(ids)
    for source in sources():
        if changed[source.name]:
            write_rows(source, sorted(changed[source.name]))
    return len(marks)


def write_rows(source: Source, ids: Sequence[int]) -> None:
    """Replace the rows of the things ``ids``; those that are gone lose theirs.

    Whoever calls this sees to it that nobody else writes the same rows meanwhile.
    """
    rows = [_row(source, indexed) for indexed in source.index(ids)]
    kept = {(row[1], row[2]) for row in rows}
    present = Findable.objects.filter(source=source.name, object_id__in=ids)
    gone = [pk for pk, *key in present.values_list("pk", "object_id", "audience") if tuple(key) not in kept]
    if gone:
        Findable.objects.filter(pk__in=gone).delete()
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE, rows)


def _row(source: Source, indexed: Indexed) -> tuple[str | int | date | None, ...]:
    title = indexed.title.replace("\x00", "")[:LONGEST_TITLE]
    text = indexed.text.replace("\x00", "")[:LONGEST_TEXT]
    folded = fold("\n".join(part for part in (title, indexed.extra, text) if part))
    numbers = f"{{{','.join(map(str, sorted(grams(folded))))}}}"
    key = (source.name, indexed.object_id, str(indexed.audience))
    return (*key, indexed.unit_id, indexed.day, title, text, folded, numbers)
