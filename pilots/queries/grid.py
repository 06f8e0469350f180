"""数据填报 as a grid: the figures asked of the units a person enters for, last period's beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from alliances.rules.posts import reads_all
from pilots.models import Indicator, ReportedValue, Target
from pilots.pace import plain
from pilots.queries.reported import entered_kinds, entering_units, previous_entered, reporting_units
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import UNIT_ROLES
from portal.periods import Period, school_year_of, standing_day, term_of, year_of

#: Figures on one page of the grid: of each a message holds four fields at most, of 5,000 that the portal takes.
MOST_CELLS = 1_200


@dataclass(frozen=True, slots=True)
class Part:
    """One input: ``name`` of the column (number, below), what it is called, what stands in it, what did last period."""

    name: str
    label: str
    text: str
    last: str


@dataclass(slots=True)
class Cell:
    """One figure of one unit. ``typed`` are the texts of a refused save, ``problem`` says why it was refused."""

    indicator: Indicator
    unit: Unit
    value: ReportedValue | None
    last: ReportedValue | None
    typed: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    wants_reason: bool = False

    @property
    def key(self) -> str:
        return f"{self.indicator.pk}-{self.unit.pk}"

    @property
    def version(self) -> int:
        return self.value.version if self.value else 0

    @property
    def reason(self) -> str:
        return self.typed.get("reason", self.value.reason if self.value else "")

    @property
    def asks_reason(self) -> bool:
        return self.wants_reason or bool(self.reason)

    @property
    def parts(self) -> list[Part]:
        names = ("number", "below") if self.indicator.is_ratio else ("number",)
        labels = {"number": self.indicator.above_label, "below": self.indicator.below_label}
        return [
            Part(
                name,
                labels[name] or ("数值" if name == "number" else "分母"),
                self.typed.get(name, _text(self.value, name)),
                _text(self.last, name),
            )
            for name in names
        ]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the grid: a unit with all its figures, or, of one unit alone, one figure. Each figure with how many
    columns it takes; None where it is not asked of the unit."""

    head: str
    note: str
    cells: Sequence[tuple[Cell | None, int]]


@dataclass(frozen=True, slots=True)
class Grid:
    """``lines`` by unit where there are several, by indicator where there is one (``is_single``)."""

    period: Period
    last: Period
    indicators: Sequence[Indicator]
    units: Sequence[Unit]
    cells: Mapping[str, Cell]

    @property
    def is_single(self) -> bool:
        return len(self.units) == 1

    @property
    def units_per_page(self) -> int:
        """So many that a page can be posted as a whole."""
        return max(1, MOST_CELLS // max(1, len(self.indicators)))

    def lines(self, units: Iterable[Unit]) -> list[Line]:
        """The rows of ``units``."""
        if self.is_single:
            return [_line_of_indicator(cell) for cell in self.cells.values()]
        return [Line(unit.label, "", [self._cell(one, unit) for one in self.indicators]) for unit in units]

    @property
    def filled(self) -> int:
        return sum(1 for cell in self.cells.values() if cell.value is not None and cell.value.is_complete)

    def _cell(self, indicator: Indicator, unit: Unit) -> tuple[Cell | None, int]:
        return self.cells.get(f"{indicator.pk}-{unit.pk}"), 2 if indicator.is_ratio else 1


def asked(units: Collection[int], period: Period, *, tree: UnitTree | None = None) -> dict[int, list[Indicator]]:
    """By unit the indicators it reports for ``period``: those in use for which a target holds where it lies.

    One query beside the tree's.
    """
    targets = Target.objects.filter(
        indicator__is_active=True,
        indicator__measure="",
        indicator__period_kind__in=entered_kinds(period),
        during__overlap=(period.start, period.end + timedelta(days=1)),
    ).exclude(indicator__reported_by="")
    found: dict[int, dict[int, Indicator]] = defaultdict(dict)
    wanted = list(targets.select_related("indicator").order_by("indicator__order", "indicator"))
    if not wanted:
        return {}
    tree, day = tree or UnitTree(), standing_day(period, timezone.localdate())
    for unit in units:
        path = set(tree.path(unit, day))
        for target in wanted:
            if tree.units[unit].kind == target.indicator.reported_by and target.area_id in path:
                found[unit][target.indicator_id] = target.indicator
    return {unit: list(by_pk.values()) for unit, by_pk in found.items()}


def grid_of(user: User, period: Period) -> Grid:
    """What ``user`` enters for ``period``; a constant number of queries."""
    own = {unit.pk for unit in user.units_as(*UNIT_ROLES)}
    tree = UnitTree()
    found = {
        unit: [one for one in indicators if unit in own or one.entered_above]
        for unit, indicators in asked(own | entering_units(user), period, tree=tree).items()
    }
    units = sorted((unit for unit, some in found.items() if some), key=tree.official_place)
    indicators = {one.pk: one for unit in units for one in found[unit]}
    last = previous_entered(period)
    values = _values(units, (period.key, last.key))
    ordered = sorted(indicators.values(), key=lambda one: (one.order, one.pk))
    cells = {}
    for indicator in ordered:
        for unit in (one for one in units if indicator in found[one]):
            before = values.get((indicator.pk, unit, last.key))
            now = values.get((indicator.pk, unit, period.key))
            cell = Cell(indicator, tree.units[unit], now, before)
            cells[cell.key] = cell
    return Grid(period, last, ordered, [tree.units[unit] for unit in units], cells)


def wanting_values(user: User, indicator: Indicator, pk: int | None, period: Period) -> list[ReportedValue]:
    """What is still to be reported for ``period`` among what ``user`` sees: of each unit asked, within one thing if it
    is named, the half figure or, where there is none, an empty one that is not saved. A constant number of queries."""
    if period.start > timezone.localdate():
        return []
    area = the_office().pk if pk is None else pk
    expected = {one.pk for one in reporting_units(indicator, [area], period).get(area, ())}
    seen = expected if reads_all(user) else expected & entering_units(user)
    tree = UnitTree()
    units = [unit for unit, some in asked(seen, period, tree=tree).items() if indicator in some]
    have = _values(units, [period.key], indicator=indicator)
    found = []
    for unit in sorted(units, key=tree.official_place):
        value = have.get((indicator.pk, unit, period.key))
        value = value or ReportedValue(indicator=indicator, unit=tree.units[unit], key=period.key, version=0)
        if not value.is_complete:
            found.append(value)
    return found


def entry_periods(today: date) -> list[Period]:
    """What can be chosen: the term, school year and year that run, and the ones before."""
    found = []
    for of in (term_of, school_year_of, year_of):
        now = of(today)
        found += [now, previous_entered(now)]
    return found


def first_period(user: User, today: date) -> Period:
    """The one that the page opens with: the first for which something is asked."""
    units = {unit.pk for unit in user.units_as(*UNIT_ROLES)} | entering_units(user)
    tree = UnitTree()
    periods = entry_periods(today)
    return next((one for one in periods if asked(units, one, tree=tree)), periods[0])


def _values(units: Iterable[int], keys: Iterable[str], **of: Indicator) -> dict[tuple[int, int, str], ReportedValue]:
    rows = ReportedValue.objects.filter(unit__in=list(units), key__in=list(keys), **of)
    rows = rows.select_related("indicator", "unit")
    return {(row.indicator_id, row.unit_id, row.key): row for row in rows}


def _line_of_indicator(cell: Cell) -> Line:
    note = f"{cell.indicator.get_period_kind_display()}，{cell.indicator.unit}"
    blank: list[tuple[Cell | None, int]] = [] if cell.indicator.is_ratio else [(None, 1)]
    return Line(cell.indicator.name, note, [(cell, 2 if cell.indicator.is_ratio else 1), *blank])


def _text(value: ReportedValue | None, name: str) -> str:
    number: Decimal | None = getattr(value, name) if value else None
    return "" if number is None else plain(number)
