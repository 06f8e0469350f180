"""Entries that were printed before, or stand twice in the issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletins.checking.facts import CheckedText, Spot, Surroundings, Weight
from portal.text.likeness import Shelf, shingles

#: Shares of common shingles: two entries about one kind of work stay below the first (measured on S0 and S1).
ALIKE, SAME = 0.4, 0.7


def repeats(texts: Sequence[CheckedText], around: Surroundings) -> Iterator[tuple[str, Spot]]:
    """Entries like one of the last issues' or like an earlier one of this issue."""
    said = [shingles(one.lead + one.text) for one in texts]
    own = Shelf(said)
    for number, one in enumerate(texts):
        past = around.shelf.nearest(said[number])
        if past and past[1] >= ALIKE:
            entry = around.past[past[0]]
            yield (
                one.key,
                _spot(one, f"与{entry.label}“{_start(entry.lead or entry.text)}”相似约{past[1]:.0%}。", past[1]),
            )
        near = own.nearest(said[number], but=number)
        if near and near[1] >= ALIKE and near[0] < number:
            other = texts[near[0]]
            yield one.key, _spot(one, f"与本期“{_start(other.lead or other.text)}”相似约{near[1]:.0%}。", near[1])


def _spot(one: CheckedText, why: str, likeness: float) -> Spot:
    weight = Weight.SERIOUS if likeness >= SAME else Weight.LIKELY
    return Spot("lead" if one.lead else "text", 0, min(20, len(one.lead or one.text)), why, None, weight)


def _start(text: str) -> str:
    return text[:20] + ("…" if len(text) > 20 else "")
