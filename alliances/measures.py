"""What this app counts for units: the pairs in term, and the schools that stood under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from alliances.models import Partnership
from alliances.queries.alliance import standing_day
from portal.accounts.models import Unit, UnitPlacement
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import UnitKind
from portal.measures import Measure, Number, add_measure
from portal.periods import Period


def count_pairs(pks: Collection[int], period: Period, **parameters: Any) -> Mapping[int, Number]:
    """Pairs in term when the period ended (today while it runs), for either side and what stood above it then."""
    day = standing_day(period)
    tree = UnitTree()
    pairs = Partnership.objects.filter(during__contains=day).values_list("university", "county")
    return _counted(pks, tree, pairs, day)


def rows_of_pairs(pk: int, period: Period, **parameters: Any) -> QuerySet[Partnership]:
    """The pairs behind the figure of one unit."""
    day = standing_day(period)
    ids = _standing_under(pk, day)
    return Partnership.objects.filter(Q(university__in=ids) | Q(county__in=ids), during__contains=day)


def count_schools(pks: Collection[int], period: Period, **parameters: Any) -> Mapping[int, Number]:
    """Schools in use that stood under a unit, at whatever depth, when the period ended (today while it runs)."""
    day = standing_day(period)
    tree = UnitTree()
    schools = ((pk,) for pk, unit in tree.units.items() if unit.kind == UnitKind.SCHOOL and unit.is_active)
    return _counted(pks, tree, schools, day)


def rows_of_schools(pk: int, period: Period, **parameters: Any) -> QuerySet[Unit]:
    """The schools behind the figure of one unit."""
    ids = _standing_under(pk, standing_day(period))
    return Unit.objects.filter(pk__in=ids, kind=UnitKind.SCHOOL, is_active=True)


def address_of_unit(pk: int, period: Period, **parameters: Any) -> str:
    """These rows stand on the page of the unit."""
    return reverse("unit", args=[pk])


def _counted(
    pks: Collection[int], tree: UnitTree, things: Iterable[tuple[int, ...]], day: date
) -> Mapping[int, Number]:
    """By unit how many things it has; each thing is the units it belongs to, and counts once for what stood above."""
    tally = Counter(above for units in things for above in {one for unit in units for one in tree.path(unit, day)})
    return {pk: tally[pk] for pk in pks if pk in tally}


def _standing_under(pk: int, day: date) -> set[int]:
    """The unit and all that stood under it on ``day``; one query."""
    below: dict[int, list[int]] = {}
    for unit, parent in UnitPlacement.objects.filter(during__contains=day).values_list("unit_id", "parent_id"):
        below.setdefault(parent, []).append(unit)
    found, waiting = {pk}, [pk]
    while waiting:
        new = [unit for unit in below.get(waiting.pop(), ()) if unit not in found]
        found.update(new)
        waiting.extend(new)
    return found


add_measure(Measure("alliances.pairs", "结对关系", "对", count_pairs, rows_of_pairs, address_of_unit))
add_measure(Measure("alliances.schools", "登记学校", "所", count_schools, rows_of_schools, address_of_unit))
