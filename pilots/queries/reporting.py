"""Look-ups of reporting periods: who is expected to report, who has, who was in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from pilots.models import ProgressReport, ReportingCadence, ReportingPeriod, ReportingRule
from pilots.queries.progress_report import is_late, progress_for
from pilots.states.progress import IN_REVIEW, ProgressState
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.periods import Period, school_year_of, term_of, terms_of, year_of


def periods_for(user: User) -> QuerySet[ReportingPeriod]:
    """The periods in which ``user`` sees a sheet, or all."""
    rows = ReportingPeriod.objects.select_related("cadence")
    if user.has_perm("pilots.manage_reporting"):
        return rows
    return rows.filter(pk__in=progress_for(user).values("period"))


def with_counts(rows: QuerySet[ReportingPeriod]) -> QuerySet[ReportingPeriod]:
    """Each with how many are expected, submitted, in time, confirmed."""
    submitted = Q(reports__first_submitted_at__isnull=False)
    return rows.annotate(
        expected=Count("reports"),
        submitted=Count("reports", filter=submitted),
        confirmed=Count("reports", filter=Q(reports__state=ProgressState.CONFIRMED)),
        with_office=Count("reports", filter=Q(reports__state=ProgressState.AT_PROVINCE)),
    ).order_by("-during", "pk")


def cadences() -> QuerySet[ReportingCadence]:
    return ReportingCadence.objects.all()


def reporting_rules() -> QuerySet[ReportingRule]:
    return ReportingRule.objects.select_related("cadence")


def spans_of(cadence: ReportingCadence) -> list[Period]:
    """What can be opened today: the span that runs and the one before."""
    today = timezone.localdate()
    year = school_year_of(today)
    last_year = school_year_of(year.start.replace(year=year.start.year - 1))
    if cadence.span == ReportingCadence.Span.TERM:
        terms = [*terms_of(last_year), *terms_of(year)]
        here = terms.index(term_of(today))
        return [terms[here], terms[here - 1]]
    if cadence.span == ReportingCadence.Span.SCHOOL_YEAR:
        return [year, last_year]
    this, last = year_of(today), year_of(today.replace(year=today.year - 1, day=1))
    halves = [*_halves(last), *_halves(this)]
    here = next(place for place, half in enumerate(halves) if today in half)
    return [halves[here], halves[here - 1]]


def _halves(year: Period) -> tuple[Period, Period]:
    split = year.start.replace(month=7)
    first = Period(f"{year.key}-h1", f"{year.label}上半年", year.start, split.replace(month=6, day=30))
    return first, Period(f"{year.key}-h2", f"{year.label}下半年", split, year.end)


#: The columns of the matrix, as the page and the workbook name them.
COUNTS: dict[str, str] = {
    "expected": "应报",
    "submitted": "已提交",
    "in_time": "按时",
    "in_review": "审核中",
    "returned": "退回待改",
    "confirmed": "已确认",
    "late": "逾期",
}


@dataclass(slots=True)
class MatrixLine:
    """One line of the matrix: an area or kind, and its counts; ``narrows`` opens the list behind it."""

    name: str
    narrows: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTS, 0))

    @property
    def cells(self) -> list[int]:
        return list(self.counts.values())

    @property
    def share(self) -> int:
        """Submitted in per cent of expected, rounded down: 100 only where nobody is wanting."""
        return self.counts["submitted"] * 100 // self.counts["expected"] if self.counts["expected"] else 0


def matrix_of(period: ReportingPeriod, user: User) -> list[MatrixLine]:
    """Counts by prefecture and county as the units stood when the period opened, and by kind for the rest.

    Three queries, however many units.
    """
    today = timezone.localdate()
    rows = progress_for(user).filter(period=period)
    late = set(rows.filter(is_late(today)).values_list("pk", flat=True))
    areas = {unit.pk: unit for unit in Unit.objects.filter(kind__in=(UnitKind.PREFECTURE, UnitKind.COUNTY))}
    lines: dict[str, MatrixLine] = {}
    for report in rows.select_related(None).select_related("unit").order_by():
        for key, name, narrows in _places(report, areas):
            line = lines.setdefault(key, MatrixLine(name, narrows))
            _count(line, report, is_late=report.pk in late)
    order = {f"area:{unit.pk}": place for place, unit in enumerate(_in_order(areas.values()))}
    return [lines[key] for key in sorted(lines, key=lambda key: (order.get(key, len(order)), key))]


def _in_order(areas: Iterable[Unit]) -> list[Unit]:
    """Each prefecture with its counties after it."""
    units = sorted(areas, key=lambda unit: (unit.official_order, unit.name))
    prefectures = [unit for unit in units if unit.kind == UnitKind.PREFECTURE]
    ordered: list[Unit] = []
    for prefecture in prefectures:
        ordered += [prefecture, *(unit for unit in units if unit.parent_id == prefecture.pk)]
    return ordered + [unit for unit in units if unit not in ordered]


def _places(report: ProgressReport, areas: dict[int, Unit]) -> list[tuple[str, str, str]]:
    found = [areas[pk] for pk in (report.unit_id, *report.above) if pk in areas]
    if not found:
        kind = UnitKind(report.unit.kind)
        return [(f"kind:{kind}", str(kind.label), f"kind={kind}")]
    return [
        (f"area:{unit.pk}", unit.label if unit.kind == UnitKind.PREFECTURE else f"　{unit.label}", f"area={unit.pk}")
        for unit in dict.fromkeys(found)
    ]


def _count(line: MatrixLine, report: ProgressReport, *, is_late: bool) -> None:
    submitted = report.first_submitted_at is not None
    hits = {
        "expected": True,
        "submitted": submitted,
        "in_time": submitted and not is_late,
        "in_review": report.state in IN_REVIEW,
        "returned": report.state == ProgressState.RETURNED,
        "confirmed": report.state == ProgressState.CONFIRMED,
        "late": is_late,
    }
    for name, hit in hits.items():
        line.counts[name] += hit
