"""What this app counts for units: the pairs in term, and the schools that stood under them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from alliances.models import Partnership
from portal.accounts.forms.counted import counted_query
from portal.accounts.models import Unit
from portal.accounts.queries.unit import in_use_on
from portal.accounts.queries.unit_tree import UnitTree, units_under
from portal.accounts.roles import UnitKind
from portal.measures import Measure, Number, add_measure
from portal.periods import Period, standing_day


def count_pairs(pks: Collection[int], period: Period, **parameters: Any) -> Mapping[int, Number]:
    """Pairs in term when the period ended (today while it runs), for either side and what stood above it then."""
    day = standing_day(period, timezone.localdate())
    pairs = Partnership.objects.filter(during__contains=day).values_list("university_id", "county_id")
    return UnitTree().tally(((pair, day) for pair in pairs), pks)


def rows_of_pairs(pk: int, period: Period, **parameters: Any) -> QuerySet[Partnership]:
    """The pairs behind the figure of one unit."""
    day = standing_day(period, timezone.localdate())
    ids = units_under(pk, day)
    return Partnership.objects.filter(Q(university__in=ids) | Q(county__in=ids), during__contains=day)


def count_schools(pks: Collection[int], period: Period, **parameters: Any) -> Mapping[int, Number]:
    """Schools that were in use under a unit, at whatever depth, when the period ended (today while it runs)."""
    day, tree = standing_day(period, timezone.localdate()), UnitTree()
    schools = (pk for pk, unit in tree.units.items() if unit.kind == UnitKind.SCHOOL and unit.in_use_on(day))
    return tree.tally((([school], day) for school in schools), pks)


def rows_of_schools(pk: int, period: Period, **parameters: Any) -> QuerySet[Unit]:
    """The schools behind the figure of one unit."""
    day = standing_day(period, timezone.localdate())
    return Unit.objects.filter(in_use_on(day), pk__in=units_under(pk, day), kind=UnitKind.SCHOOL)


def address_of_pairs(pk: int, period: Period, **parameters: Any) -> str:
    """The list of just these."""
    return f"{reverse('partnerships')}?{counted_query(pk, period)}"


def address_of_schools(pk: int, period: Period, **parameters: Any) -> str:
    """The list of just these."""
    return f"{reverse('school-profiles')}?{counted_query(pk, period)}"


add_measure(
    Measure(
        "alliances.pairs",
        "结对关系",
        "对",
        count_pairs,
        rows_of_pairs,
        address_of_pairs,
        meaning="时段结束时（未结束的到今天）在期的高校与县（市、区）结对。",
    )
)
add_measure(
    Measure(
        "alliances.schools",
        "登记学校",
        "所",
        count_schools,
        rows_of_schools,
        address_of_schools,
        meaning="时段结束时（未结束的到今天）在用的学校（园）。",
    )
)
