"""The units by which indicators are judged, as levels: each county, each school of an area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from django.utils import timezone

from portal.accounts.models import Unit, UnitPlacement
from portal.accounts.queries.unit import in_use_on
from portal.accounts.roles import UnitKind
from portal.measures import UNIT, Level, Subject, add_level
from portal.periods import Period, standing_day

#: The longest way down: office, prefecture, county, school.
_FLOORS = 3


def units_within(areas: Collection[int], period: Period, kind: str) -> dict[int, list[Subject]]:
    """By area: units of ``kind`` that lay there (or are it) on the last day of ``period``, today while it runs.

    As the tree was on that day; what had gone out of use by then is left out. One query for each floor of the tree.
    """
    day = standing_day(period, timezone.localdate())
    above: dict[int, set[int]] = {area: {area} for area in areas}
    floor = set(areas)
    for _ in range(_FLOORS):
        places = UnitPlacement.objects.filter(parent__in=floor, during__contains=day).values_list(
            "unit_id", "parent_id"
        )
        floor = set()
        for unit, parent in places:
            above[unit] = above.get(unit, set()) | above[parent]
            floor.add(unit)
    found = defaultdict(list)
    for row in Unit.objects.filter(in_use_on(day), pk__in=above, kind=kind):
        for area in above[row.pk]:
            found[area].append(Subject(row.pk, row.name))
    return dict(found)


def _of_kind(kind: str) -> Callable[[Collection[int], Period, str], Mapping[int, Sequence[Subject]]]:
    def within(areas: Collection[int], period: Period, among: str) -> Mapping[int, Sequence[Subject]]:
        return units_within(areas, period, kind)

    return within


for _kind in UnitKind:
    add_level(Level(_kind.value, _kind.label, UNIT, _of_kind(_kind)))
