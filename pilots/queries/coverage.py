"""Coverage (S2 二): which rural central schools are in a community, and which are in none, by county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from alliances.rules.posts import reads_all
from pilots.models import Membership
from pilots.queries.reach import sharing_units
from pilots.queries.school_profile import rural_central_schools
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import in_use_on
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import UnitKind


@dataclass(slots=True)
class Coverage:
    """One area's rural central schools: ``covered`` of ``schools`` are in a community, ``uncovered`` are in none."""

    area: Unit
    prefecture: Unit | None
    schools: int = 0
    uncovered: list[Unit] = field(default_factory=list)

    @property
    def covered(self) -> int:
        return self.schools - len(self.uncovered)

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: 100 only where none is left out."""
        return self.covered * 100 // self.schools if self.schools else 0


def coverage_for(user: User, school_year: str, day: date, *, within: int | None = None) -> list[Coverage]:
    """By county, in official order, as ``user`` may see it, or what of it lies ``within`` a unit.

    Figures stay with where a school was on ``day``. A constant number of queries. A
    school that stands right under a prefecture is told with the prefecture.
    """
    tree = UnitTree()
    reach = None if reads_all(user) else {unit.pk for unit in sharing_units(user)}
    covered = covered_schools(day)
    found: dict[int, Coverage] = {}
    for school in rural_central_schools(school_year).filter(in_use_on(day)).order_by("official_order", "name"):
        path = tree.path(school.pk, day)
        if reach is not None and not reach & set(path):
            continue
        if within and within not in path:
            continue
        area = next((one for one in path[1:] if tree.units[one].kind != UnitKind.SCHOOL), school.pk)
        above = tree.area(area, day)
        row = found.setdefault(area, Coverage(tree.units[area], tree.units[above] if above else None))
        row.schools += 1
        if school.pk not in covered:
            row.uncovered.append(school)
    return sorted(found.values(), key=lambda row: _place(tree, row))


def covered_schools(day: date) -> set[int]:
    """Schools that are on ``day`` in a community of a kind that counts."""
    held = Membership.objects.filter(during__contains=day, kind__covers_rural=True)
    return set(held.values_list("school", flat=True))


def total_of(rows: Iterable[Coverage], area: Unit) -> Coverage:
    """All rows as one."""
    whole = Coverage(area, None)
    for row in rows:
        whole.schools += row.schools
        whole.uncovered += row.uncovered
    return whole


def by_prefecture(rows: Iterable[Coverage]) -> list[tuple[Unit | None, list[Coverage]]]:
    """The rows under their prefectures."""
    groups: dict[int | None, list[Coverage]] = defaultdict(list)
    for row in rows:
        groups[row.prefecture.pk if row.prefecture else None].append(row)
    return [(group[0].prefecture, group) for group in groups.values()]


def _place(tree: UnitTree, row: Coverage) -> tuple[object, ...]:
    above = tree.official_place(row.prefecture.pk) if row.prefecture else (9,)
    return (above, tree.official_place(row.area.pk))
