"""Units by their official names: in full where an entry first names them, afterwards in short."""

from __future__ import annotations

from collections.abc import Iterator

from bulletins.checking.facts import CheckedText, Field, Spot, Surroundings, UnitWords, Weight
from bulletins.checking.zones import titles, touches

#: An alias that names an organ of a unit (安义县教体局) is a name of its own, not a slip for the unit's.
_ORGANS = ("局", "厅", "委", "办", "处", "科", "股", "室", "中心", "学院", "部", "办公室", "领导小组")


def unit_names(one: CheckedText, around: Surroundings) -> Iterator[Spot]:
    """The first mention of a unit by a short name, an alias or a former name; lead and text count each for itself.

    A lead is a headline: a short name in it is let pass where the text then gives the full one.
    """
    in_full = {
        mention.unit_id
        for mention in around.mentions(one.text)
        if around.unit_by_id[mention.unit_id].official in mention.name
    }
    yield from _mentions("text", one.text, around, set())
    yield from _mentions("lead", one.lead, around, in_full)


def _mentions(field: Field, text: str, around: Surroundings, seen: set[int]) -> Iterator[Spot]:
    named = titles(text)
    for mention in around.mentions(text):
        unit = around.unit_by_id[mention.unit_id]
        if mention.unit_id in seen or touches(named, *mention.span):
            continue
        seen.add(mention.unit_id)
        why = _wrong(unit, mention.name)
        if why:
            yield Spot(field, *mention.span, why[0], unit.official, why[1])


def _wrong(unit: UnitWords, name: str) -> tuple[str, Weight] | None:
    """What is to be said about ``name`` where it is the first; nothing where it holds the official name."""
    if unit.official in name:
        return None
    if name in unit.former and name != unit.short:
        return f"“{name}”是曾用名，现名“{unit.official}”。", Weight.LIKELY
    if name != unit.short and name.endswith(_ORGANS) and not unit.official.endswith(_ORGANS):
        return None
    return f"第一次提到时写全称“{unit.official}”。", Weight.HINT
