"""What was changed between two texts, clause by clause and then character by character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

_CLAUSE = re.compile(r"[^，。！？；：、\n]*[，。！？；：、\n]|[^，。！？；：、\n]+")
# Comparing characters costs the product of both lengths; longer stretches are shown as replaced whole.
_MOST_WORK = 1_000_000
# A changed clause that shares less than this with the old one reads better replaced whole.
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: ``same`` in both, ``gone`` from the first, or ``new`` in the second."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The two texts as one, in pieces; all are ``same`` where nothing was changed."""
    pieces = _compare(_CLAUSE.findall(before), _CLAUSE.findall(after), deeper=True)
    return [
        Piece(kind, "".join(piece.text for piece in group))
        for kind, group in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.kind)
    ]


def _compare(before: Sequence[str], after: Sequence[str], *, deeper: bool) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        old, new = "".join(before[start:end]), "".join(after[new_start:new_end])
        if tag == "equal":
            yield Piece("same", old)
        elif tag == "replace" and deeper and _worth_a_closer_look(old, new):
            yield from _compare(old, new, deeper=False)
        else:
            yield Piece("gone", old)
            yield Piece("new", new)


def _worth_a_closer_look(old: str, new: str) -> bool:
    return len(old) * len(new) <= _MOST_WORK and SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE
