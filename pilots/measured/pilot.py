"""Pilot counties and schools as figures of units (S0: 试点县、试点学校)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from pilots.models import PilotCounty, PilotSchool
from portal.accounts.queries.unit_tree import UnitTree, units_under
from portal.measures import Measure, Number, add_measure
from portal.periods import Period, standing_day

Pilots = type[PilotCounty] | type[PilotSchool]


def _counter(model: Pilots) -> Callable[..., Mapping[int, Number]]:
    def count(pks: Collection[int], period: Period, **parameters: Any) -> Mapping[int, Number]:
        """Who was a pilot when the period ended (today while it runs), for itself and what stood above it then."""
        day = standing_day(period, timezone.localdate())
        pilots = model._default_manager.filter(during__contains=day).values_list("unit_id", flat=True)
        return UnitTree().tally((([unit], day) for unit in pilots), pks)

    return count


def _rows(model: Pilots) -> Callable[..., QuerySet[Any]]:
    def rows(pk: int, period: Period, **parameters: Any) -> QuerySet[Any]:
        """The pilots behind the figure of one unit."""
        day = standing_day(period, timezone.localdate())
        return model._default_manager.filter(during__contains=day, unit__in=units_under(pk, day))

    return rows


def address(pk: int, period: Period, **parameters: Any) -> str:
    """The unit's page says since when it and those under it are pilots."""
    return reverse("unit", args=[pk])


_MEANING = "时段结束时（未结束的到今天）在试点期内的{}。"
add_measure(
    Measure(
        "pilot_counties",
        "试点县",
        "个",
        _counter(PilotCounty),
        _rows(PilotCounty),
        address,
        meaning=_MEANING.format("试点县（市、区）"),
    )
)
add_measure(
    Measure(
        "pilot_schools",
        "试点学校",
        "所",
        _counter(PilotSchool),
        _rows(PilotSchool),
        address,
        meaning=_MEANING.format("试点学校"),
    )
)
