"""The tree of units as it was on any day: where a unit stood and what it was called then.

Read whole, in four queries: figures over many reports ask it for each of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from portal.accounts.models import Unit, UnitName, UnitPlacement
from portal.accounts.roles import UnitKind

#: The tree is five levels deep; the bound only guards against damaged data.
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class _Dated:
    """Something that held from a day on, and until the day before another (None: for good)."""

    since: date | None
    until: date | None
    parent: int | None = None
    name: str = ""

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


_kept: ContextVar[UnitTree | None] = ContextVar("kept_tree", default=None)


@contextmanager
def one_tree() -> Iterator[None]:
    """Within this the tree is read once: for whoever works out many figures that each ask for it."""
    token = _kept.set(_kept.get() or UnitTree())
    try:
        yield
    finally:
        _kept.reset(token)


class UnitTree:
    """All units with their dated names and places."""

    def __init__(self) -> None:
        self.units: dict[int, Unit]
        self._places: dict[int, list[_Dated]]
        self._names: dict[int, list[_Dated]]
        if kept := _kept.get():
            self.units, self._places, self._names = kept.units, kept._places, kept._names
            return
        self.units = {unit.pk: unit for unit in Unit.objects.all()}
        self._places, self._names = defaultdict(list), defaultdict(list)
        for unit, parent, during in UnitPlacement.objects.values_list("unit", "parent", "during"):
            self._places[unit].append(_Dated(during.lower, during.upper, parent=parent))
        for unit, name, during in UnitName.objects.order_by("during").values_list("unit", "name", "during"):
            self._names[unit].append(_Dated(during.lower, during.upper, name=name))

    def path(self, unit: int, day: date) -> tuple[int, ...]:
        """The unit and all that stood above it on ``day``, from below."""
        path = [unit]
        while len(path) < _DEEPEST:
            parent = next((place.parent for place in self._places[path[-1]] if place.holds(day)), None)
            if parent is None or parent in path:
                break
            path.append(parent)
        return tuple(path)

    def area(self, unit: int, day: date) -> int | None:
        """The prefecture in which a unit lay on ``day``, itself if it is one; None for what lies in none."""
        return next((one for one in self.path(unit, day) if self.units[one].kind == UnitKind.PREFECTURE), None)

    def tally(self, things: Iterable[tuple[Iterable[int], date]], among: Collection[int]) -> dict[int, int]:
        """How many of ``things`` each unit ``among`` some has; who has none is left out.

        A thing belongs to units on a day. It counts once for each of them and once for whatever stood above them then.
        """
        counts: Counter[int] = Counter()
        for units, day in things:
            counts.update({above for unit in units for above in self.path(unit, day)})
        return {unit: counts[unit] for unit in among if unit in counts}

    def name(self, unit: int, day: date) -> str:
        """What a unit was called on ``day``; its first name for days before that."""
        names = self._names[unit]
        held = next((one.name for one in names if one.holds(day)), "")
        return held or (names[0].name if names else self.units[unit].name)

    def names_within(self, unit: int, start: date, end: date) -> list[str]:
        """All names a unit bore in a period, the last one first."""
        names = [
            one.name
            for one in self._names[unit]
            if (one.since is None or one.since <= end) and (one.until is None or one.until > start)
        ]
        return list(dict.fromkeys(reversed(names))) or [self.name(unit, end)]

    def all_names(self, unit: int) -> list[str]:
        """Every name a unit ever bore, the first one first."""
        return list(dict.fromkeys(one.name for one in self._names[unit]))

    def official_place(self, unit: int) -> tuple[int, int, str, int]:
        """Sort key of a list of units: kind, official order, name."""
        row = self.units[unit]
        return (list(UnitKind).index(UnitKind(row.kind)), row.official_order, row.name, row.pk)


def units_under(pk: int, day: date) -> set[int]:
    """The unit and all that stood under it on ``day``, at whatever depth; one query."""
    below: dict[int, list[int]] = defaultdict(list)
    for unit, parent in UnitPlacement.objects.filter(during__contains=day).values_list("unit_id", "parent_id"):
        below[parent].append(unit)
    found, waiting = {pk}, [pk]
    while waiting:
        new = [unit for unit in below[waiting.pop()] if unit not in found]
        found.update(new)
        waiting.extend(new)
    return found
