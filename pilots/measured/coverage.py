"""Rural central schools and those in a community as figures of units (S2 二: all of them by 2024)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from pilots.queries.coverage import covered_schools
from pilots.queries.school_profile import rural_central_schools
from portal.accounts.forms.counted import counted_query
from portal.accounts.models import Unit
from portal.accounts.queries.unit import in_use_on
from portal.accounts.queries.unit_tree import UnitTree, units_under
from portal.measures import Measure, Number, add_measure
from portal.periods import Period, school_year_of, standing_day


def _schools(period: Period, *, covered: bool) -> QuerySet[Unit]:
    """Rural central schools as the period leaves them; only those in a community where ``covered``."""
    day = standing_day(period, timezone.localdate())
    schools = rural_central_schools(school_year_of(day).key).filter(in_use_on(day))
    return schools.filter(pk__in=covered_schools(day)) if covered else schools


def _counter(*, covered: bool) -> Callable[..., Mapping[int, Number]]:
    def count(pks: Collection[int], period: Period, **_: Any) -> Mapping[int, Number]:
        day = standing_day(period, timezone.localdate())
        found: Iterable[int] = _schools(period, covered=covered).values_list("pk", flat=True)
        return UnitTree().tally((([school], day) for school in found), pks)

    return count


def _rows(*, covered: bool) -> Callable[..., QuerySet[Any]]:
    def rows(pk: int, period: Period, **_: Any) -> QuerySet[Any]:
        under = units_under(pk, standing_day(period, timezone.localdate()))
        return _schools(period, covered=covered).filter(pk__in=under)

    return rows


def address(pk: int, period: Period, **_: Any) -> str:
    """The table of coverage for that unit and time: it names the schools by county."""
    return f"{reverse('community-coverage')}?{counted_query(pk, period)}"


add_measure(
    Measure(
        "rural_central_covered", "参加共同体的乡村中心学校", "所", _counter(covered=True), _rows(covered=True), address
    )
)
add_measure(
    Measure("rural_central_schools", "乡村中心学校", "所", _counter(covered=False), _rows(covered=False), address)
)
