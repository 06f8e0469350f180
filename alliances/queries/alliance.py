"""The alliance "1+11+N" as a picture and a table: whom it holds, a figure for each; a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Min, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from alliances.models import Alliance, Partnership
from alliances.picture import Number, Scale, places_of
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import UnitKind
from portal.measures import Measure
from portal.periods import Period, standing_day


@dataclass(slots=True)
class Place:
    """A unit on the picture: what it was called when the period ended, its figure, its shade, its partners then."""

    unit: Unit
    name: str
    figure: Number = 0
    shade: int = 0
    address: str = ""
    partners: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class Tile:
    """A prefecture with the counties that lay in it."""

    place: Place
    counties: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: a county in its prefecture. A prefecture without counties has a row of its own."""

    prefecture: Place
    county: Place | None


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything on the page; ``rows`` are the map from north to south, an empty place is None."""

    day: date
    rows: list[list[Tile | None]]
    universities: list[Place]
    partners: list[Place]
    county_scale: Scale
    prefecture_scale: Scale

    @property
    def tiles(self) -> list[Tile]:
        return [tile for row in self.rows for tile in row if tile]

    @property
    def lines(self) -> list[Line]:
        """The table, in official order."""
        tiles = sorted(self.tiles, key=lambda tile: (tile.place.unit.official_order, tile.place.unit.pk))
        lines: list[Line] = []
        for tile in tiles:
            lines += [Line(tile.place, county) for county in tile.counties] or [Line(tile.place, None)]
        return lines

    @property
    def served(self) -> int:
        """How many counties are paired: the N of 1+11+N."""
        return sum(bool(county.partners) for tile in self.tiles for county in tile.counties)


def the_alliance() -> Alliance | None:
    """The one alliance with its lead; None before the office has entered it."""
    return Alliance.objects.select_related("lead").order_by("pk").first()


def alliances_for(user: User) -> QuerySet[Alliance]:
    """The alliance for who sees its picture."""
    rows = Alliance.objects.select_related("lead")
    return rows if user.has_perm("alliances.view_alliance") else rows.none()


def lead_consolidating_for(unit: Unit) -> Unit | None:
    """The lead university where it consolidates for the alliance and ``unit`` is another of its universities."""
    if unit.kind != UnitKind.UNIVERSITY:
        return None
    alliance = Alliance.objects.filter(lead_consolidates=True).exclude(lead=unit).select_related("lead").first()
    return alliance.lead if alliance else None


def first_day() -> date:
    """The first day of the first pair; today before there is one."""
    first = Partnership.objects.aggregate(first=Min(Lower("during")))["first"]
    return first or timezone.localdate()


def picture_of(alliance: Alliance | None, measure: Measure, period: Period, tree: UnitTree) -> Picture:
    """The picture for one figure. Names, places and pairs are those of :func:`portal.periods.standing_day`.

    A unit that has been closed since stays in the picture of a period in which it has a figure.
    """
    day = standing_day(period, timezone.localdate())
    shown = {pk: Place(unit, tree.name(pk, day)) for pk, unit in tree.units.items() if unit.kind in _SHOWN}
    for pk, figure in measure.count(list(shown), period).items():
        shown[pk].figure = figure
        shown[pk].address = measure.address(pk, period) if figure else ""
    shown = {pk: place for pk, place in shown.items() if place.unit.is_active or place.figure}
    _join_partners(shown, day)
    tiles = _tiles(shown, tree, day)
    counties = [county for tile in tiles for county in tile.counties]
    return Picture(
        day=day,
        rows=_arranged(alliance, tiles),
        universities=_of_kind(shown, UnitKind.UNIVERSITY),
        partners=[place for place in _of_kind(shown, UnitKind.PARTNER) if place.partners],
        county_scale=_shaded(counties),
        prefecture_scale=_shaded([tile.place for tile in tiles]),
    )


_SHOWN = (UnitKind.PREFECTURE, UnitKind.COUNTY, UnitKind.UNIVERSITY, UnitKind.PARTNER)


def _of_kind(shown: dict[int, Place], kind: str) -> list[Place]:
    places = [place for place in shown.values() if place.unit.kind == kind]
    return sorted(places, key=lambda place: (place.unit.official_order, place.name))


def _join_partners(shown: dict[int, Place], day: date) -> None:
    """Tell each side of every pair of that day who its partner was."""
    pairs = Partnership.objects.filter(during__contains=day).values_list("university", "county")
    for university, county in pairs:
        if university in shown and county in shown:
            shown[university].partners.append(shown[county])
            shown[county].partners.append(shown[university])


def _tiles(shown: dict[int, Place], tree: UnitTree, day: date) -> list[Tile]:
    """A tile for each prefecture, with the counties that lay in it on ``day``, both in official order."""
    tiles = {place.unit.pk: Tile(place) for place in _of_kind(shown, UnitKind.PREFECTURE)}
    for county in _of_kind(shown, UnitKind.COUNTY):
        area = tree.area(county.unit.pk, day)
        if area in tiles:
            tiles[area].counties.append(county)
    return list(tiles.values())


def _arranged(alliance: Alliance | None, tiles: Sequence[Tile]) -> list[list[Tile | None]]:
    drawn = alliance.arrangement if alliance else Alliance().arrangement
    by_name = {tile.place.unit.name: tile for tile in tiles}
    return [[by_name[name] if name else None for name in row] for row in places_of(drawn, list(by_name))]


def _shaded(places: Sequence[Place]) -> Scale:
    """The scale of these figures, each place told its shade."""
    scale = Scale({place.unit.pk: place.figure for place in places})
    for place in places:
        place.shade = scale.shade(place.figure)
    return scale
