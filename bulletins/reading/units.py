"""Which known units a text names, by full name, short name or alias; the longest name wins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_PART_OF_ANOTHER = re.compile(r"附属|附中|附小|附幼")
_OTHER_HOUSE = re.compile(
    r"(?:第?[一二三四五六七八九十]+)?(?:师范|大学|学院|职业|中学|小学|幼儿园|[一二三四五六]中|[一二三四五六]小)"
)
_AREA = ("县", "市", "区")


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A registered unit and every name it may be called by (full name, short name, aliases)."""

    id: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit named at ``span`` of a text."""

    unit_id: int
    name: str
    span: tuple[int, int]


class UnitMatcher:
    """Finds the names of many units in a text, in time that depends on the text, not on the number of units.

    A name that is the first part of a longer known one does not count where the longer one stands
    (井冈山大学 in 井冈山大学附属中学), nor where it only begins the name of a house of its own
    (…附属小学; 南昌 in 南昌师范学院). An area before a school's name does count: the school lies there.
    """

    def __init__(self, units: Iterable[KnownUnit]) -> None:
        names: dict[str, dict[str, int]] = defaultdict(dict)
        for unit in units:
            for name in unit.names:
                if len(name) > 1:
                    names[name[:2]].setdefault(name, unit.id)
        self._by_start = dict(names)
        self._lengths = {start: sorted({len(name) for name in found}, reverse=True) for start, found in names.items()}

    def find(self, text: str) -> tuple[UnitMention, ...]:
        """All mentions in ``text``, left to right, none overlapping another."""
        mentions: list[UnitMention] = []
        at = 0
        while at < len(text) - 1:
            mention = self._at(text, at)
            if mention is None:
                at += 1
                continue
            if not _begins_another(text, mention):
                mentions.append(mention)
            at = mention.span[1]
        return tuple(mentions)

    def is_bare_area(self, mention: UnitMention) -> bool:
        """Whether an area is called without its kind (南昌 for 南昌市), as towns are when they are only where."""
        names = self._by_start.get(mention.name[:2], {})
        return any(names.get(mention.name + kind) == mention.unit_id for kind in _AREA)

    def _at(self, text: str, at: int) -> UnitMention | None:
        start = text[at : at + 2]
        for length in self._lengths.get(start, ()):
            name = text[at : at + length]
            unit_id = self._by_start[start].get(name)
            if unit_id is not None:
                return UnitMention(unit_id, name, (at, at + length))
        return None


def _begins_another(text: str, mention: UnitMention) -> bool:
    end = mention.span[1]
    if _PART_OF_ANOTHER.match(text, end):
        return True
    return not mention.name.endswith(_AREA) and len(mention.name) < 4 and bool(_OTHER_HOUSE.match(text, end))


def unit_ids(mentions: Iterable[UnitMention]) -> tuple[int, ...]:
    """The units of ``mentions``, each once, in order of their first mention."""
    return tuple(dict.fromkeys(mention.unit_id for mention in mentions))
