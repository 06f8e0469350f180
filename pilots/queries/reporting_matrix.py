"""报送情况: who was expected to report, who has, who was in time, unit by unit and period by period."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from pilots.models import ProgressReport, ReportedValue, ReportingPeriod
from pilots.queries.grid import asked
from pilots.queries.progress_report import is_late, progress_for
from pilots.queries.reported import complete_values, entered_within
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import official_order
from portal.accounts.queries.unit_tree import UnitTree
from portal.periods import Period

#: Periods beside one another.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One unit in one period: the sheet's state in words (empty where none is expected), figures filled of asked."""

    report: ProgressReport | None
    words: str
    filled: int
    asked: int


@dataclass(frozen=True, slots=True)
class Total:
    """All units of the narrowed list in one period."""

    period: ReportingPeriod
    expected: int
    submitted: int
    in_time: int
    late: int

    @property
    def locked_since(self) -> date | None:
        """The last day on which a sheet could be submitted; None while it still can."""
        return self.period.locks_on if self.period.locks_on < timezone.localdate() else None


def matrix_reports(
    user: User, periods: Iterable[ReportingPeriod], *, kind: str = "", area: int | None = None, late: str = ""
) -> QuerySet[ProgressReport]:
    """The sheets that ``user`` sees of ``periods``; ``late`` narrows to units that are late in one of them."""
    rows = progress_for(user).filter(period__in=[period.pk for period in periods])
    if kind:
        rows = rows.filter(unit__kind=kind)
    if area:
        rows = rows.filter(Q(unit=area) | Q(above__contains=[area]))
    return rows.filter(is_late(timezone.localdate())) if late else rows


def latest_periods(user: User) -> list[ReportingPeriod]:
    """The last periods in which he sees a sheet, the earliest first."""
    rows = ReportingPeriod.objects.filter(pk__in=progress_for(user).values("period")).order_by("-during", "pk")
    return list(rows[:SHOWN])[::-1]


def units_of(reports: QuerySet[ProgressReport]) -> QuerySet[Unit]:
    """The units of these sheets in official order."""
    return Unit.objects.filter(pk__in=reports.order_by().values("unit")).order_by(*official_order())


def totals(reports: QuerySet[ProgressReport], periods: Iterable[ReportingPeriod]) -> list[Total]:
    """By period: expected, submitted, in time, late. One query."""
    late, submitted = is_late(timezone.localdate()), Q(first_submitted_at__isnull=False)
    counted = {
        row["period"]: row
        for row in reports.order_by()
        .values("period")
        .annotate(
            expected=Count("pk"),
            submitted=Count("pk", filter=submitted),
            in_time=Count("pk", filter=submitted & ~late),
            late=Count("pk", filter=late),
        )
    }
    none = {"expected": 0, "submitted": 0, "in_time": 0, "late": 0}
    found = []
    for period in periods:
        row = counted.get(period.pk, none)
        found.append(Total(period, row["expected"], row["submitted"], row["in_time"], row["late"]))
    return found


def marks(
    units: Collection[Unit], periods: Sequence[ReportingPeriod], reports: QuerySet[ProgressReport]
) -> list[tuple[Unit, list[Mark]]]:
    """Unit by unit its marks; queries grow with the periods, not with the units."""
    pks, today = [unit.pk for unit in units], timezone.localdate()
    sheets = {(one.unit_id, one.period_id): one for one in reports.filter(unit__in=pks)}
    tree = UnitTree()
    figures = {period.pk: _figures(pks, period.span, tree) for period in periods}
    found = []
    for unit in units:
        row = []
        for period in periods:
            sheet = sheets.get((unit.pk, period.pk))
            filled, wanted = figures[period.pk].get(unit.pk, (0, 0))
            row.append(Mark(sheet, sheet.punctuality(today) if sheet else "", filled, wanted))
        found.append((unit, row))
    return found


def _figures(units: Collection[int], span: Period, tree: UnitTree) -> dict[int, tuple[int, int]]:
    """By unit how many figures are filled in of those asked for the stretches that end in ``span``."""
    entered = entered_within(span)
    wanted = {one.key: asked(units, one, tree=tree) for one in entered}
    rows = complete_values().filter(unit__in=list(units), key__in=list(wanted))
    have = set(rows.values_list("unit", "indicator", "key"))
    found = {}
    for unit in units:
        keys = [(unit, one.pk, key) for key, by_unit in wanted.items() for one in by_unit.get(unit, ())]
        if keys:
            found[unit] = (sum(key in have for key in keys), len(keys))
    return found


def values_within(unit: Unit, span: Period) -> list[ReportedValue]:
    """What the unit has reported for the stretches that end in ``span``."""
    keys = [one.key for one in entered_within(span)]
    rows = ReportedValue.objects.filter(unit=unit, key__in=keys, number__isnull=False)
    return list(rows.select_related("indicator").order_by("indicator__order", "indicator"))
