"""The lines of 采用台账: reports gathered by unit, area, kind or month, each with the filter that opens them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from bulletins.ledger import ReportFacts, Tally, ranks, tallies
from bulletins.queries.ledger import NO_AREA, Narrowing
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import UnitKind
from portal.periods import month_of, months_in, span

GROUPS = {"unit": "按单位", "area": "按设区市", "kind": "按单位类别", "month": "按月份"}
SORTS = {"": "官方排列", "printed": "编发从多到少", "adopted": "采用从多到少", "submitted": "报送从多到少"}
OUTSIDE_AREAS = "高校和其他单位"
#: Kinds of unit that are expected to report; schools report through their county.
EXPECTED = (UnitKind.PREFECTURE, UnitKind.COUNTY, UnitKind.UNIVERSITY)


@dataclass(slots=True)
class Line:
    """One line: whose it is, former names in the period, its figures, and what narrows a list to it."""

    name: str
    tally: Tally
    narrows: dict[str, Any]
    note: str = ""
    rank: int | None = None
    place: tuple[Any, ...] = field(default=(), compare=False)


def ledger_lines(
    facts: list[ReportFacts],
    *,
    by: str,
    narrowing: Narrowing,
    tree: UnitTree,
    sort: str = "",
    silent: set[int] | None = None,
) -> list[Line]:
    """The lines in official order, or by a figure. ``silent`` names units that are listed without a report, too."""
    lines = list(_MAKERS[by](facts, narrowing, tree, silent or set()))
    if sort:
        return sorted(lines, key=lambda line: (-line.tally.counts[sort], line.place))
    return sorted(lines, key=lambda line: line.place)


def with_ranks(lines: list[Line], *, with_points: bool) -> None:
    """Write its place on each line; equals share one."""
    for line, rank in zip(lines, ranks([line.tally for line in lines], with_points=with_points), strict=True):
        line.rank = rank


def expected_units(narrowing: Narrowing, tree: UnitTree, own: set[int] | None) -> set[int]:
    """Units in use then that are expected to report, as far as the filter and ``own`` (None: everything) reach."""
    day = _last_day(narrowing)
    return {
        pk
        for pk, unit in tree.units.items()
        if unit.in_use_on(day)
        and not unit.is_outside
        and unit.kind in EXPECTED
        and narrowing.kind in ("", unit.kind)
        and narrowing.unit in (None, pk)
        and (narrowing.area is None or (tree.area(pk, day) or NO_AREA) == narrowing.area)
        and (own is None or not own.isdisjoint(tree.path(pk, day)))
    }


def _last_day(narrowing: Narrowing) -> date:
    """The day whose names and places speak for the whole period: its last, or today where that is to come."""
    return max(narrowing.period.start, min(narrowing.period.end, timezone.localdate()))


def _by_unit(facts: list[ReportFacts], narrowing: Narrowing, tree: UnitTree, silent: set[int]) -> Iterator[Line]:
    day = _last_day(narrowing)
    found = _gathered(facts, lambda report: report.unit, silent)
    for unit, total in found.items():
        name, *former = tree.names_within(unit, narrowing.period.start, day)
        area = tree.area(unit, day)
        kind, *own = tree.official_place(unit)
        place = (kind, tree.official_place(area) if area else (), own)
        yield Line(name, total, {"unit": unit}, f"原{'、'.join(former)}" if former else "", place=place)


def _by_area(facts: list[ReportFacts], narrowing: Narrowing, tree: UnitTree, silent: set[int]) -> Iterator[Line]:
    day = _last_day(narrowing)
    areas = {tree.area(unit, day) or NO_AREA for unit in silent}
    for area, total in _gathered(facts, lambda report: report.area or NO_AREA, areas).items():
        name = tree.name(area, day) if area else OUTSIDE_AREAS
        place = (0, tree.official_place(area)) if area else (1,)
        yield Line(name, total, {"area": area}, place=place)


def _by_kind(facts: list[ReportFacts], narrowing: Narrowing, tree: UnitTree, silent: set[int]) -> Iterator[Line]:
    kinds = {str(tree.units[unit].kind) for unit in silent}
    for kind, total in _gathered(facts, lambda report: report.kind, kinds).items():
        yield Line(UnitKind(kind).label, total, {"kind": kind}, place=(list(UnitKind).index(UnitKind(kind)),))


def _by_month(facts: list[ReportFacts], narrowing: Narrowing, tree: UnitTree, silent: set[int]) -> Iterator[Line]:
    """Every month of the period until now, also those in which nothing came in."""
    period = narrowing.period
    months = {month.start: month for month in months_in(period) if month.start <= _last_day(narrowing)}
    for start, total in _gathered(facts, lambda report: month_of(report.day).start, set(months)).items():
        month = months[start]
        inside = span(max(month.start, period.start), min(month.end, period.end))
        whole = (inside.start, inside.end) == (month.start, month.end)
        yield Line(month.label, total, {"period": month.key if whole else inside.key}, place=(start,))


def _gathered(facts: list[ReportFacts], group: Callable[[ReportFacts], Any], also: set[Any]) -> dict[Any, Tally]:
    found: dict[Hashable, Tally] = tallies(facts, group)
    return {key: Tally() for key in also} | found


_MAKERS = {"unit": _by_unit, "area": _by_area, "kind": _by_kind, "month": _by_month}
