"""Counties and schools, with their names and places since the programme began, and a university for each county."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import cycle

from alliances.models import Partnership
from alliances.queries.alliance import the_alliance
from portal.accounts.models import Unit, UnitName, UnitPlacement
from portal.accounts.queries.unit import the_programme, units
from portal.accounts.roles import UnitKind
from portal.home.sample.play import BEGAN

#: Behind all units that were entered by name.
LAST_ORDER = 9000
_SCHOOLS = ("第{}中学", "第{}小学", "第{}中心小学", "第{}幼儿园", "第{}九年一贯制学校")


def add_units(counties: int, schools: int) -> tuple[list[Unit], list[Unit]]:
    """Add what is missing to so many counties and schools in the province; returns the new ones."""
    prefectures = list(units().filter(kind=UnitKind.PREFECTURE))
    missing = max(0, counties - units().filter(kind=UnitKind.COUNTY).count())
    named = zip(range(1, missing + 1), cycle(prefectures), strict=False)
    new = _create([(f"{above.label}示例{number}县", above) for number, above in named], UnitKind.COUNTY)
    _pair(new)
    return new, _add_schools(schools)


def _add_schools(schools: int) -> list[Unit]:
    within = list(units().filter(kind=UnitKind.COUNTY))
    missing = max(0, schools - units().filter(kind=UnitKind.SCHOOL, is_outside=False).count())
    named = []
    for number, above in zip(range(missing), cycle(within), strict=False):
        turn = number // len(within)
        named.append((f"{above.label}示例" + _SCHOOLS[turn % len(_SCHOOLS)].format(turn + 1), above))
    return _create(named, UnitKind.SCHOOL)


def _create(named: Sequence[tuple[str, Unit]], kind: str) -> list[Unit]:
    programme, during = the_programme(), (BEGAN, None)
    new = Unit.objects.bulk_create(
        Unit(programme=programme, kind=kind, name=name, parent=above, official_order=LAST_ORDER + number)
        for number, (name, above) in enumerate(named)
    )
    UnitName.objects.bulk_create(UnitName(unit=unit, name=unit.name, during=during) for unit in new)
    UnitPlacement.objects.bulk_create(UnitPlacement(unit=unit, parent=unit.parent, during=during) for unit in new)
    return new


def _pair(counties: Sequence[Unit], since: date = BEGAN) -> None:
    """A university for each county, in turn."""
    alliance, universities = the_alliance(), list(units().filter(kind=UnitKind.UNIVERSITY))
    if alliance is None:
        return
    Partnership.objects.bulk_create(
        Partnership(alliance=alliance, university=university, county=county, during=(since, None))
        for county, university in zip(counties, cycle(universities), strict=False)
    )
