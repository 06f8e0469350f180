"""Look-ups of indicators: set by set, and who uses one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from pilots.models import ClosedFigure, FiguresClosing, Indicator, IndicatorSet, SchemeItem, Target
from pilots.queries.target import targets_for
from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Uses:
    """Where an indicator is used: targets that one sees, items of assessments, closed periods."""

    targets: QuerySet[Target]
    schemes: list[str]
    closings: QuerySet[FiguresClosing]


def by_set(*, with_unused: bool = False) -> list[tuple[IndicatorSet | None, list[Indicator]]]:
    """Sets in order with their indicators, those of no set last. Two queries."""
    sets: list[IndicatorSet | None] = [*IndicatorSet.objects.all(), None]
    rows = Indicator.objects.order_by("order", "pk")
    if not with_unused:
        rows = rows.filter(is_active=True).exclude(belongs_to__is_active=False)
    found: dict[int | None, list[Indicator]] = {}
    for row in rows:
        found.setdefault(row.belongs_to_id, []).append(row)
    groups = [(one, found.get(one.pk if one else None, [])) for one in sets]
    return [(one, some) for one, some in groups if some or (one is not None and with_unused)]


def uses_of(indicator: Indicator, user: User) -> Uses:
    """Who uses it."""
    items = SchemeItem.objects.filter(indicator=indicator).select_related("scheme")
    closed = ClosedFigure.objects.filter(code=indicator.code).values("closing")
    return Uses(
        targets_for(user).filter(indicator=indicator)[:50],
        sorted({item.scheme.name for item in items}),
        FiguresClosing.objects.filter(pk__in=closed),
    )
