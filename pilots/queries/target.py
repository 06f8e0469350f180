"""Targets, indicators, and whose they are to see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from alliances.rules.posts import reads_all
from pilots.models import Indicator, Target
from pilots.queries.reach import sharing_units
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit_tree import UnitTree
from portal.periods import Period, school_year_of, span, term_of, year_of


def indicators() -> QuerySet[Indicator]:
    """Indicators in use, in order."""
    return Indicator.objects.filter(is_active=True)


def targets_for(user: User) -> QuerySet[Target]:
    """The office sees every target; others those that hold for their units: set there, above, or below."""
    rows = Target.objects.select_related("indicator", "area")
    if reads_all(user):
        return rows
    own = {unit.pk for unit in sharing_units(user)}
    return rows.filter(Q(area__in=_above(own)) | _below(own)).distinct()


def listed_targets(
    user: User, *, indicator: int | None = None, area: int | None = None, force: str = "", ended: bool = False
) -> QuerySet[Target]:
    """The list; targets whose time is over only where ``ended`` asks for them."""
    today = timezone.localdate()
    rows = targets_for(user)
    rows = rows.filter(during__endswith__lte=today) if ended else rows.filter(during__endswith__gt=today)
    if indicator is not None:
        rows = rows.filter(indicator=indicator)
    if area is not None:
        rows = rows.filter(area=area)
    if force:
        rows = rows.filter(force=force)
    return rows


def targets_in_force(areas: Sequence[int], day: date, *, level: str | None = None) -> list[Target]:
    """Targets set for one of ``areas`` that hold on ``day``, of all levels or of one.

    Of several of one indicator the one of the nearest area counts: areas are given from below. One query.
    """
    rows = Target.objects.filter(indicator__is_active=True, area__in=areas, during__contains=day)
    if level is not None:
        rows = rows.filter(indicator__level=level)
    order = {area: place for place, area in enumerate(areas)}
    nearest: dict[tuple[int, str], Target] = {}
    for target in sorted(
        rows.select_related("indicator", "area").prefetch_related("milestones"), key=lambda one: order[one.area_id]
    ):
        nearest.setdefault((target.indicator_id, target.among), target)
    return list(nearest.values())


def working_period(target: Target, day: date) -> Period:
    """The stretch that is worked in on ``day``: the indicator's period, as far as the target holds in it.

    Before the target begins it is the first one, after its end the last one.
    """
    first, last = target.during.lower, target.during.upper - timedelta(days=1)
    day = min(max(day, first), last)
    if target.indicator.period_kind == Indicator.PeriodKind.SPAN:
        return span(first, last)
    whole = _OF[target.indicator.period_kind](day)
    if first <= whole.start and whole.end <= last:
        return whole
    part = span(max(first, whole.start), min(last, whole.end))
    return Period(part.key, whole.label, part.start, part.end)


_OF = {
    Indicator.PeriodKind.TERM.value: term_of,
    Indicator.PeriodKind.SCHOOL_YEAR.value: school_year_of,
    Indicator.PeriodKind.YEAR.value: year_of,
}


def _above(own: set[int]) -> set[int]:
    """The units and all that stand above them today."""
    if not own:
        return set()
    tree, today = UnitTree(), timezone.localdate()
    return {above for unit in own for above in tree.path(unit, today)}


def _below(own: set[int]) -> Q:
    return Q(area__parent__in=own) | Q(area__parent__parent__in=own) | Q(area__parent__parent__parent__in=own)


def units_above_and_below(own: set[int]) -> set[int]:
    """These units, all that stand above and all that stand under them today."""
    under = Q(parent__in=own) | Q(parent__parent__in=own) | Q(parent__parent__parent__in=own)
    return _above(own) | set(Unit.objects.filter(under).values_list("pk", flat=True))
