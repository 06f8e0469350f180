"""Figures that units report, read the way computed ones are: by the thing judged, in the place a unit had.

A value belongs to where its unit stood on the last day of its period (today while it runs): a school that moves to
another county in mid-year takes its later values with it, not its earlier ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from alliances.rules.posts import reads_all
from pilots.models import Indicator, ReportedValue
from portal.accounts.models import User
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import UNIT_ROLES
from portal.measures import Subject, level_called
from portal.periods import Period, month_of, school_year_of, span, standing_day, term_of, year_of

#: By the kind of an indicator's period the stretch that is reported on: what spans years is reported year by year.
_ENTERED = {
    Indicator.PeriodKind.TERM.value: term_of,
    Indicator.PeriodKind.SCHOOL_YEAR.value: school_year_of,
    Indicator.PeriodKind.YEAR.value: year_of,
    Indicator.PeriodKind.SPAN.value: year_of,
}

Parts = tuple[Decimal, Decimal | None]


class _Told(NamedTuple):
    """A value as it is added up."""

    unit: int
    last: date
    number: Decimal
    below: Decimal | None


def entered_period(indicator: Indicator, day: date) -> Period:
    """The period for which the indicator is reported on ``day``."""
    return _ENTERED[indicator.period_kind](day)


def entered_kinds(period: Period) -> list[str]:
    """The kinds of indicators that are reported for just this period; empty for any other stretch of time."""
    return [kind for kind, of in _ENTERED.items() if of(period.start) == period]


def entered_within(stretch: Period) -> list[Period]:
    """The term, school year and year that end within ``stretch``: what is due when that is over."""
    days = [stretch.start, stretch.end]
    found = {one.key: one for of in (term_of, school_year_of, year_of) for one in map(of, days)}
    return [one for one in found.values() if one.end in stretch]


def periods_over(today: date, years: int = 3) -> list[Period]:
    """Terms, school years and years that have ended within some years, the latest first."""
    found: dict[str, Period] = {}
    day = today.replace(year=today.year - years, day=1)
    while day <= today:
        for of in (term_of, school_year_of, year_of):
            one = of(day)
            if one.end < today:
                found[one.key] = one
        day = month_of(day).end + timedelta(days=1)
    return sorted(found.values(), key=lambda one: (one.end, one.start), reverse=True)


def complete_values() -> QuerySet[ReportedValue]:
    """Values that count: of a ratio both numbers are there."""
    is_whole = Q(indicator__is_ratio=False) | Q(below__isnull=False)
    return ReportedValue.objects.filter(is_whole, number__isnull=False)


def values_in(indicator: Indicator, period: Period) -> QuerySet[ReportedValue]:
    """The values that tell of ``period``: whose last day lies in it, or that it is a part of; of an indicator that
    spans years every year it touches."""
    rows = complete_values().filter(indicator=indicator)
    days = (period.start, period.end + timedelta(days=1))
    if indicator.period_kind == Indicator.PeriodKind.SPAN:
        return rows.filter(during__overlap=days)
    ends = Q(during__endswith__gt=days[0], during__endswith__lte=days[1])
    return rows.filter(ends | Q(during__contains=days))


def reported_parts(indicator: Indicator, pks: Collection[int], period: Period) -> dict[int, Parts]:
    """By thing judged what was reported: counts are added up over time, of a ratio the latest counts; both are added
    up over units (the least one where the indicator says so). Who has nothing reported is left out."""
    wanted, tree, today = set(pks), UnitTree(), timezone.localdate()
    found: dict[int, list[_Told]] = defaultdict(list)
    for told in _latest(indicator, period):
        for pk in wanted.intersection(tree.path(told.unit, min(told.last, today))):
            found[pk].append(told)
    return {pk: _together(indicator, some) for pk, some in found.items()}


def reported_behind(
    indicator: Indicator, pk: int | None, period: Period, rows: QuerySet[ReportedValue]
) -> QuerySet[ReportedValue]:
    """The values of ``rows`` that the figure of one thing is made of; of all things where none is named."""
    found = values_in(indicator, period)
    if pk is not None:
        tree, today = UnitTree(), timezone.localdate()
        told = found.annotate(until=F("during__endswith")).values_list("pk", "unit", "until")
        own = [row for row, unit, until in told if pk in tree.path(unit, min(until - timedelta(days=1), today))]
        found = found.filter(pk__in=own)
    return rows.filter(pk__in=found.values("pk")).order_by("unit__official_order", "unit__name", "-during")


def reporting_units(indicator: Indicator, pks: Collection[int], period: Period) -> Mapping[int, Sequence[Subject]]:
    """By thing judged the units that report it; one query for each floor of the tree."""
    level = level_called(indicator.reported_by)
    return level.within(pks, period, "") if level else {}


def unreported(indicator: Indicator, pks: Collection[int], period: Period) -> dict[int, list[str]]:
    """By thing judged who has not reported for the stretch that runs on the period's standing day, by name."""
    now = entered_period(indicator, standing_day(period, timezone.localdate()))
    have = set(complete_values().filter(indicator=indicator, key=now.key).values_list("unit", flat=True))
    expected = reporting_units(indicator, pks, period)
    return {pk: [one.name for one in expected.get(pk, ()) if one.pk not in have] for pk in pks}


def entering_units(user: User) -> set[int]:
    """The units under those of ``user`` today: he may enter for them where an indicator lets the area do so."""
    own = {unit.pk for unit in user.units_as(*UNIT_ROLES)}
    if not own:
        return set()
    tree, today = UnitTree(), timezone.localdate()
    return {unit for unit in tree.units if own.intersection(tree.path(unit, today))}


def values_for(user: User) -> QuerySet[ReportedValue]:
    """What ``user`` sees: the figures of his units and of those under them today, or all."""
    rows = ReportedValue.objects.select_related("indicator", "unit__parent", "by")
    return rows if reads_all(user) else rows.filter(unit__in=entering_units(user))


def previous_entered(period: Period) -> Period:
    """The period of the same kind before it."""
    day = period.start - timedelta(days=1)
    kinds = entered_kinds(period)
    return _ENTERED[kinds[0]](day) if kinds else span(day, day)


def _latest(indicator: Indicator, period: Period) -> Iterable[_Told]:
    """All values; of a ratio each unit's latest."""
    rows = values_in(indicator, period).order_by("during")
    told = [
        _Told(unit, until - timedelta(days=1), number, below)
        for unit, until, number, below in rows.annotate(until=F("during__endswith")).values_list(
            "unit", "until", "number", "below"
        )
        if number is not None
    ]
    return {one.unit: one for one in told}.values() if indicator.is_ratio else told


def _together(indicator: Indicator, some: Sequence[_Told]) -> Parts:
    above = sum((one.number for one in some), Decimal(0))
    if indicator.is_ratio:
        return above, sum((one.below or Decimal(0) for one in some), Decimal(0))
    if indicator.adding_up == Indicator.AddingUp.MINIMUM:
        by_unit: dict[int, Decimal] = defaultdict(Decimal)
        for one in some:
            by_unit[one.unit] += one.number
        return min(by_unit.values()), None
    return above, None
