"""How much two texts share, and which passages stand in both. For reports told twice and entries printed twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

#: Marks, blanks and line ends say nothing about what a text tells.
_SAID = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]+")
SHINGLE = 3
"""Characters per shingle. Pairs are common to all official texts; three in a row rarely are."""
FEWEST = 12
"""A text of fewer shingles is a heading, and says too little to be compared."""
SHORTEST_PASSAGE = 8
_MOST_PLACES = 8  # of one run of characters in a text; more only tells that it repeats itself


@dataclass(frozen=True, slots=True)
class Passage:
    """``length`` characters that stand at ``first`` in one text and at ``second`` in the other."""

    first: int
    second: int
    length: int


def shingles(text: str) -> frozenset[str]:
    """Every run of ``SHINGLE`` characters of ``text``, marks and blanks left out."""
    said = "".join(_SAID.findall(text))
    return frozenset(map("".join, zip(*(said[at:] for at in range(SHINGLE)), strict=False)))


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """The share (0–1) of the shorter text's shingles that the other has too; 0 where one says too little.

    The shorter counts, since a shortened report lies whole in the long one.
    """
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) < FEWEST:
        return 0.0
    return len(shorter & longer) / len(shorter)


class Shelf:
    """Many texts, as their shingles, to which one is compared: only those that share one are looked at."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        self._texts = list(texts)
        self._bearing: dict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(self._texts):
            for shingle in found:
                self._bearing[shingle].append(number)

    def nearest(self, own: frozenset[str], *, but: int | None = None) -> tuple[int, float] | None:
        """Number and likeness of the text most like ``own`` (number ``but`` left out); None where none is at all."""
        shared = Counter(chain.from_iterable(self._bearing[each] for each in own if each in self._bearing))
        best: tuple[int, float] | None = None
        for number, common in shared.items():
            size = min(len(own), len(self._texts[number]))
            if number == but or size < FEWEST:
                continue
            if best is None or common / size > best[1]:
                best = number, common / size
        return best


def common_passages(first: str, second: str, *, shortest: int = SHORTEST_PASSAGE) -> tuple[Passage, ...]:
    """Passages of at least ``shortest`` characters that stand in both, in the order of ``first``, none overlapping."""
    places: dict[str, list[int]] = defaultdict(list)
    for at in range(len(second) - shortest + 1):
        known = places[second[at : at + shortest]]
        if len(known) < _MOST_PLACES:
            known.append(at)
    found: list[Passage] = []
    at = 0
    while at <= len(first) - shortest:
        starts = places.get(first[at : at + shortest], ())
        best = max(((_reach(first, second, at, start), -start) for start in starts), default=(0, 0))
        if best[0] >= shortest:
            found.append(Passage(at, -best[1], best[0]))
        at += max(best[0], 1)
    return tuple(found)


def _reach(first: str, second: str, at: int, start: int) -> int:
    """How many characters from ``at`` and ``start`` on are the same."""
    length = 0
    limit = min(len(first) - at, len(second) - start)
    while length < limit and first[at + length] == second[start + length]:
        length += 1
    return length
