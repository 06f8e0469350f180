"""Names said shorter once they have been said in full: 学校 for the one university or school, else the short name."""

from __future__ import annotations

from collections.abc import Iterator

from bulletins.checking.zones import Zone, touches
from bulletins.reading.units import KnownUnit, UnitMatcher
from bulletins.shortening.facts import NamedUnit, Proposal, Wording

SHORTEST_NAME = 5
"""Shorter names (安义县) are no gain."""


def names(text: str, held: list[Zone], wording: Wording) -> Iterator[Proposal]:
    """The second and later mentions of a unit by its full name."""
    units = {unit.id: unit for unit in wording.units}
    mentions = matcher_of(wording).find(text)
    houses = {mention.unit_id for mention in mentions if units[mention.unit_id].is_house}
    seen: set[int] = set()
    for mention in mentions:
        unit = units[mention.unit_id]
        again = mention.unit_id in seen
        seen.add(mention.unit_id)
        shorter = _shorter(unit, alone=houses == {unit.id})
        if again and shorter and mention.name == unit.official and not touches(held, *mention.span):
            yield Proposal("name", "名称", "前面已写全称。", "text", *mention.span, mention.name, shorter)


def matcher_of(wording: Wording) -> UnitMatcher:
    """Finds full and short names."""
    return UnitMatcher(KnownUnit(unit.id, tuple(filter(None, (unit.official, unit.short)))) for unit in wording.units)


def _shorter(unit: NamedUnit, *, alone: bool) -> str:
    if len(unit.official) < SHORTEST_NAME:
        return ""
    return "学校" if unit.is_house and alone else unit.short
