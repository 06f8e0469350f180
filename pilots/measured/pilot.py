"""Pilot counties and schools as figures of units (S0: 试点县、试点学校)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from pilots.models import SelectionRound
from pilots.queries.pilot import MODELS
from portal.accounts.forms.counted import counted_query
from portal.accounts.queries.unit_tree import UnitTree, units_under
from portal.measures import Measure, Number, add_measure
from portal.periods import Period, standing_day

Level = SelectionRound.Level


def _counter(level: str) -> Callable[..., Mapping[int, Number]]:
    def count(pks: Collection[int], period: Period, **parameters: Any) -> Mapping[int, Number]:
        """Who was a pilot when the period ended (today while it runs), for itself and what stood above it then."""
        day = standing_day(period, timezone.localdate())
        pilots = MODELS[level]._default_manager.filter(during__contains=day).values_list("unit_id", flat=True)
        return UnitTree().tally((([unit], day) for unit in pilots), pks)

    return count


def pilots_counted(level: str, pk: int, period: Period) -> QuerySet[Any]:
    """The pilots of a level behind the figure of one unit."""
    day = standing_day(period, timezone.localdate())
    return MODELS[level]._default_manager.filter(during__contains=day, unit__in=units_under(pk, day))


def _rows(level: str) -> Callable[..., QuerySet[Any]]:
    return lambda pk, period, **_: pilots_counted(level, pk, period)


def _address(level: str) -> Callable[..., str]:
    """The list of just these."""
    return lambda pk, period, **_: f"{reverse('pilots')}?{counted_query(pk, period, level=level)}"


_MEANING = "时段结束时（未结束的到今天）在试点期内的{}。"
add_measure(
    Measure(
        "pilot_counties",
        "试点县",
        "个",
        _counter(Level.COUNTY),
        _rows(Level.COUNTY),
        _address(Level.COUNTY),
        meaning=_MEANING.format("试点县（市、区）"),
    )
)
add_measure(
    Measure(
        "pilot_schools",
        "试点学校",
        "所",
        _counter(Level.SCHOOL),
        _rows(Level.SCHOOL),
        _address(Level.SCHOOL),
        meaning=_MEANING.format("试点学校"),
    )
)
