"""The rows beside units (names and places with their days, aliases), of one unit or thousands: a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from portal.accounts.models import UnitAlias, UnitName, UnitPlacement

Dated = TypeVar("Dated", UnitName, UnitPlacement)

#: Rows in one statement that inserts, and in one that updates: there each row is compared with all others.
AT_ONCE, UPDATED_AT_ONCE = 1_000, 200


def write_dated(model: type[Dated], wanted: Mapping[int, Dated], facts: Collection[str]) -> set[int]:
    """Let the ``wanted`` row of each unit (by id) hold from its first day on, with an open end.

    What holds on that day ends the day before; what was planned to begin on it or later is dropped. Returns the units
    whose ``facts`` were others on that day; the rest stay as they are.
    """
    held: dict[int, list[Dated]] = defaultdict(list)
    for row in model._default_manager.filter(unit__in=wanted):
        held[row.unit_id].append(row)
    new = {unit: row for unit, row in wanted.items() if not _holds_already(row, held[unit], facts)}
    ended, dropped = [], []
    for unit, row in new.items():
        since = row.during.lower
        for other in held[unit]:
            if other.during.lower and other.during.lower >= since:
                dropped.append(other.pk)
            elif other.during.upper is None or other.during.upper > since:
                other.during = (other.during.lower, since)
                ended.append(other)
    model._default_manager.filter(pk__in=dropped).delete()
    model._default_manager.bulk_update(ended, ["during"], UPDATED_AT_ONCE)
    model._default_manager.bulk_create(new.values(), AT_ONCE)
    return set(new)


def _holds_already(row: Any, held: Iterable[Any], facts: Collection[str]) -> bool:
    current = next((other for other in held if row.during.lower in other.during), None)
    return current is not None and all(getattr(current, name) == getattr(row, name) for name in facts)


def write_aliases(wanted: Mapping[int, Sequence[str]]) -> set[int]:
    """Make the aliases of each unit (by id) exactly the ``wanted`` ones; returns the units that had others."""
    present: dict[int, set[str]] = defaultdict(set)
    gone = []
    for row in UnitAlias.objects.filter(unit__in=wanted):
        present[row.unit_id].add(row.alias)
        if row.alias not in wanted[row.unit_id]:
            gone.append(row.pk)
    UnitAlias.objects.filter(pk__in=gone).delete()
    UnitAlias.objects.bulk_create(
        (UnitAlias(unit_id=unit, alias=alias) for unit in wanted for alias in set(wanted[unit]) - present[unit]),
        AT_ONCE,
    )
    return {unit for unit in wanted if set(wanted[unit]) != present[unit]}


def wanted_aliases(aliases: Sequence[str]) -> list[str]:
    """Aliases as they are stored: trimmed, each once."""
    return sorted({alias.strip() for alias in aliases if alias.strip()})
