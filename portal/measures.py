"""What the portal can count: an app registers its measures, and whoever shows a figure asks here.

A figure that a map, a quota, a progress report or an indicator shows is counted in one place, so that it agrees
wherever it appears, and opens the rows it is made of. Figures belong to where a unit was when something took place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import QuerySet

from portal.accounts.models import Unit
from portal.periods import Period

#: What measures of most apps are counted for; ``pilots`` counts for communities as well.
UNIT = "unit"

Number = int | Decimal


class Count(Protocol):
    """By id of a unit (or of whatever the measure is ``of``) its figure for the period; who has none may be left out.

    A constant number of queries, however many ``pks``. A unit's figure holds what stood under it at the time.
    """

    def __call__(self, pks: Collection[int], period: Period, **parameters: Any) -> Mapping[int, Number]: ...


class Rows(Protocol):
    """The rows that one figure is made of."""

    def __call__(self, pk: int, period: Period, **parameters: Any) -> QuerySet[Any]: ...


class Address(Protocol):
    """Where these rows are shown: every figure opens them."""

    def __call__(self, pk: int, period: Period, **parameters: Any) -> str: ...


class Missing(Protocol):
    """Who has not yet done anything towards the figure, by name."""

    def __call__(self, pk: int, period: Period, **parameters: Any) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that can be counted: ``name`` for data, ``label`` and ``unit`` (次, 所, 人) for people.

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


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a figure belongs to: a unit, a community."""

    pk: int
    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """What an indicator is judged by: each county, each school, each community of an area.

    ``of`` names the measures that count for it. ``within(area, period, among)`` lists those that lay in ``area``
    when the period ended or, while it runs, today; ``among`` narrows to one of ``kinds()`` where there are kinds.
    """

    name: str
    label: str
    of: str
    within: Callable[[Unit, Period, str], Sequence[Subject]]
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
