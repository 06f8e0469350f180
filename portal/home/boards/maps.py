"""The map of a board by any figure: the alliance's tiles for the office, else what lies in a unit or community."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse

from alliances.picture import Scale
from alliances.queries.alliance import Place, picture_of, the_alliance
from alliances.queries.partnership import partnerships_on
from pilots.models import Indicator, Target
from pilots.queries.community import members_on
from pilots.queries.standing import area_overviews
from pilots.queries.target import indicators
from portal.accounts.forms.counted import counted_query
from portal.accounts.queries.unit_tree import UnitTree, one_tree
from portal.accounts.roles import UnitKind
from portal.home.boards.facts import Figure, Legend, Map, Tile, number_of
from portal.home.boards.headline import meaning_of
from portal.home.boards.subjects import COMMUNITY, BoardSubject
from portal.measures import Measure, Number, measure_called, measures
from portal.periods import Period, standing_day

#: Before the code of an indicator; a measure is called by its name.
INDICATOR = "indicator:"
USUAL = "activities"
#: A school has nothing inside it.
WITHOUT_MAP = frozenset({UnitKind.SCHOOL.value, UnitKind.PARTNER.value})


def map_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a map can show: whatever is counted for units, and every indicator in use that can be added up."""
    counted = [(measure.name, f"{measure.label}（{measure.unit}）") for measure in measures()]
    defined = [(INDICATOR + one.code, f"{one.name}（{_unit(one)}）") for one in indicators() if _adds_up(one)]
    return [("数量", counted), ("指标", defined)] if defined else [("数量", counted)]


@one_tree()
def map_of(subject: BoardSubject, figure: str, period: Period, today: date) -> Map | None:
    """The map for one figure; None where there is no such figure, or nothing inside the subject."""
    measure = _measure(figure, standing_day(period, today))
    if measure is None or subject.level in WITHOUT_MAP:
        return None
    return _of_alliance(measure, period) if subject.is_office else _of_members(subject, measure, period, today)


def _measure(figure: str, day: date) -> Measure | None:
    """An indicator is shown as what is counted for units: for each area all that lies in it, added up its way."""
    if not figure.startswith(INDICATOR):
        return measure_called(figure)
    indicator = indicators().filter(code=figure.removeprefix(INDICATOR)).first()
    if indicator is None or not _adds_up(indicator):
        return None
    return Measure(
        name=figure,
        label=indicator.name,
        unit=_unit(indicator),
        count=partial(_added_up, indicator, day),
        rows=lambda pk, period, **_: Target.objects.filter(indicator=indicator),
        address=lambda pk, period, **_: (
            f"{reverse('indicator-figures', args=[indicator.pk])}?{counted_query(pk, period)}"
        ),
        meaning=f"{indicator.definition}{indicator.get_adding_up_display()}。",
    )


def _adds_up(indicator: Indicator) -> bool:
    """A share of those that pass needs a value to pass."""
    return indicator.adding_up != Indicator.AddingUp.SHARE_PASSING or indicator.usual_value is not None


def _unit(indicator: Indicator) -> str:
    return "%" if indicator.adding_up == Indicator.AddingUp.SHARE_PASSING else indicator.unit


def _added_up(
    indicator: Indicator, day: date, areas: Collection[int], period: Period, **_: Any
) -> Mapping[int, Number]:
    """The indicator's figure of each area, as if its usual value were the target there; who has none is left out."""
    found = area_overviews(indicator, areas, period, day)
    return {one.target.area_id: one.total for one in found if one.total is not None}


def _of_alliance(measure: Measure, period: Period) -> Map:
    said: dict[int, Number] = {}

    def count(pks: Collection[int], period: Period, **parameters: Any) -> Mapping[int, Number]:
        said.update(measure.count(pks, period, **parameters))
        return said

    picture = picture_of(the_alliance(), replace(measure, count=count), period, UnitTree())
    tile = partial(_tile, measure, said)
    rows = [
        [tile(one.place, [tile(county) for county in one.counties]) if one else None for one in row]
        for row in picture.rows
    ]
    legends = [_legend("县（市、区）", picture.county_scale), _legend("设区市", picture.prefecture_scale)]
    note = "" if measure.name.startswith(INDICATOR) else _NOT_THE_SUM
    return Map(measure.label, measure.unit, note + meaning_of(measure), picture.day, rows, legends)


#: Why what the tiles say need not add up to the figure on top.
_NOT_THE_SUM = "高校和省外单位的只计入全省；涉及几个市的，各市都计。"


def _tile(measure: Measure, said: Mapping[int, Number], place: Place, inside: Sequence[Tile] = ()) -> Tile:
    number = _number(measure, said, place.unit.pk)
    figure = Figure(measure.label, number, measure.unit, place.address, meaning_of(measure))
    page = reverse("board-of", args=["unit", place.unit.pk])
    return Tile(place.unit.label, figure, place.shade, page, list(inside))


def _number(measure: Measure, said: Mapping[int, Number], pk: int) -> int | float | None:
    """Nothing counted is none of it; an indicator of which nothing can be said is no zero."""
    return number_of(said.get(pk, None if measure.name.startswith(INDICATOR) else 0))


def _of_members(subject: BoardSubject, measure: Measure, period: Period, today: date) -> Map | None:
    """What lies right inside a unit, a university's counties, a community's schools, side by side."""
    day, tree = standing_day(period, today), UnitTree()
    inside = sorted(_inside(subject, tree, day), key=tree.official_place)
    if not inside:
        return None
    figures = measure.count(inside, period)
    scale = Scale({pk: figures.get(pk, 0) for pk in inside})
    tiles = []
    for pk in inside:
        number = figures.get(pk, 0)
        url = measure.address(pk, period) if number else ""
        figure = Figure(measure.label, _number(measure, figures, pk), measure.unit, url, meaning_of(measure))
        page = reverse("board-of", args=["unit", pk])
        tiles.append(Tile(tree.units[pk].label, figure, scale.shade(number), page))
    return Map(
        measure.label, measure.unit, meaning_of(measure), day, _abreast(tiles), [_legend(_INSIDE[subject.level], scale)]
    )


_INSIDE = {
    UnitKind.PREFECTURE.value: "县（市、区）和直属学校",
    UnitKind.COUNTY.value: "学校（园）",
    UnitKind.UNIVERSITY.value: "结对的县（市、区）",
    COMMUNITY: "成员学校",
}
_COLUMNS = 4


def _inside(subject: BoardSubject, tree: UnitTree, day: date) -> list[int]:
    if subject.kind == COMMUNITY:
        return list(members_on(day).filter(community=subject.pk).values_list("school", flat=True))
    if subject.level == UnitKind.UNIVERSITY:
        return list(partnerships_on(day).filter(university=subject.pk).values_list("county", flat=True))
    return [pk for pk, unit in tree.units.items() if unit.in_use_on(day) and tree.path(pk, day)[1:2] == (subject.pk,)]


def _abreast(tiles: Sequence[Tile]) -> list[list[Tile | None]]:
    return [list(tiles[start : start + _COLUMNS]) for start in range(0, len(tiles), _COLUMNS)]


def _legend(label: str, scale: Scale) -> Legend:
    return Legend(label, [(shade.place, shade.words) for shade in scale.legend()])
