"""学期确认单, each as it was confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.db.models import QuerySet

from pilots.models import ProgressReport
from pilots.queries.progress_report import last_version, progress_for
from pilots.services.progress_sheet import progress_docx
from pilots.states.progress import ProgressState
from portal.accounts.queries.unit import official_order
from portal.material import MOST_NAMED, Item, Made, Part, Scope, add_part, safe
from portal.text.named import named


def sheets(scope: Scope) -> QuerySet[ProgressReport]:
    """Those of the unit and of units under it whose period has a day in the year."""
    rows = progress_for(scope.user).filter(unit__in=scope.units, during__overlap=scope.days)
    return rows.order_by("during", *official_order("unit__"))


def confirmed(scope: Scope) -> QuerySet[ProgressReport]:
    return sheets(scope).filter(state=ProgressState.CONFIRMED)


def _files(scope: Scope) -> Iterator[Item]:
    for report in confirmed(scope):
        yield Made(f"{safe(report.period.label)}/{safe(report.unit.name)}.docx", _maker(report))


def _maker(report: ProgressReport) -> Callable[[], bytes]:
    return lambda: progress_docx(report, last_version(report))


def _missing(scope: Scope) -> Sequence[str]:
    """Who has not been confirmed, period by period."""
    by_period: dict[str, list[str]] = {}
    for report in sheets(scope).exclude(state=ProgressState.CONFIRMED):
        by_period.setdefault(report.period.label, []).append(f"{report.unit}（{report.get_state_display()}）")
    return [f"{label}还没有确认的确认单：{named(names, MOST_NAMED, word='份')}。" for label, names in by_period.items()]


add_part(
    Part(
        "progress",
        "学期确认单",
        100,
        "学期确认单",
        lambda scope: confirmed(scope).count(),
        _files,
        missing=_missing,
    )
)
