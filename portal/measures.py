"""What the portal can count: an app registers its measures, and whoever shows a figure asks here.

A figure that a map, a quota, a progress report or an indicator shows is counted in one place, so that it agrees
wherever it appears, and opens the rows it is made of. Figures belong to where a unit was when something took place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from portal.periods import Period

#: What measures of most apps are counted for; ``pilots`` counts for communities as well.
UNIT = "unit"

Number = int | Decimal


#: ``count(pks, period, **parameters)``: by id of a unit (or of whatever the measure is ``of``) its figure; who has none
#: may be left out. A constant number of queries. A unit's figure holds what stood under it at the time.
Count = Callable[..., Mapping[int, Number]]
#: ``rows(pk, period, **parameters)``: what one figure is made of.
Rows = Callable[..., QuerySet[Any]]
#: ``address(pk, period, **parameters)``: where these rows are shown; every figure opens them.
Address = Callable[..., str]
#: ``missing(pk, period, **parameters)``: who has not yet done anything towards the figure, by name.
Missing = Callable[..., list[str]]


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that can be counted: ``name`` for data, ``label`` and ``unit`` (次, 所, 人) for people.

    ``meaning`` is its definition in a sentence; no figure is shown without one.

    ``of`` is what it is counted for. ``missing`` is there where a figure is the work of several.
    """

    name: str
    label: str
    unit: str
    count: Count
    rows: Rows
    address: Address
    of: str = UNIT
    missing: Missing | None = None
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a figure belongs to: a unit, a community."""

    pk: int
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """What an indicator is judged by: each county, each school, each community of an area.

    ``of`` names the measures that count for it. ``within(areas, period, among)`` lists, by id of the area, those that
    lay there when the period ended or, while it runs, today, in a constant number of queries however many areas;
    ``among`` narrows to one of ``kinds()`` where there are kinds.
    """

    name: str
    label: str
    of: str
    within: Callable[[Collection[int], Period, str], Mapping[int, Sequence[Subject]]]
    kinds: Callable[[], Sequence[tuple[str, str]]] = tuple


_measures: dict[str, Measure] = {}
_levels: dict[str, Level] = {}


def add_measure(measure: Measure) -> None:
    """Register a measure; called from an app's ``ready``."""
    _measures[measure.name] = measure


def add_level(level: Level) -> None:
    """Register what indicators can be judged by; called from an app's ``ready``."""
    _levels[level.name] = level


def measure_called(name: str) -> Measure | None:
    """The measure of that name; None where no app has registered it."""
    return _measures.get(name)


def measures(of: str = UNIT) -> list[Measure]:
    """All that can be counted for units, or for something else, in order of registration."""
    return [measure for measure in _measures.values() if measure.of == of]


def level_called(name: str) -> Level | None:
    """The level of that name; None where no app has registered it."""
    return _levels.get(name)


def levels() -> list[Level]:
    """All levels, in order of registration."""
    return list(_levels.values())


#: What wants to know that facts have changed; called after the commit, outside of any transaction.
Listener = Callable[[], None]

_listeners: list[Listener] = []


def on_figures_changed(listener: Listener) -> None:
    """Register what keeps figures that were worked out before; called from an app's ``ready``."""
    _listeners.append(listener)


def figures_changed() -> None:
    """Something that figures are made of is changing in this transaction: listeners are told once, when it commits.

    Every row of the audit record tells it (``portal.audit.models``); whoever changes facts without one calls it.
    """
    if all(entry[1] is not _tell for entry in connection.run_on_commit):
        transaction.on_commit(_tell, robust=True)


def _tell() -> None:
    for listener in _listeners:
        listener()
