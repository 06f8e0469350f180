"""What was changed in a text on its way in, so that each change can be shown and refused.

A text is kept as it stood in its source, deleted words of tracked changes among it. A change names stretches
of that text; :func:`rendered` puts the text together with every change that was not refused.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["edit", "insert", "delete"]
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """``raw[start:end]`` gives way to ``after``; start == end where something is added."""

    start: int
    end: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One normalisation; ``what`` and ``where`` are words for people, ``before`` and ``after`` the passage.

    ``edit`` replaces its pieces. ``insert`` and ``delete`` are tracked changes: the pieces of an accepted insertion
    stay, those of an accepted deletion go, and the other way round where they are refused.
    """

    key: str
    what: str
    before: str
    after: str
    where: str
    kind: Kind
    pieces: tuple[Piece, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data for a JSON column."""
        pieces = [[piece.start, piece.end, piece.after] for piece in self.pieces]
        words = {"key": self.key, "what": self.what, "before": self.before, "after": self.after, "where": self.where}
        return words | {"kind": self.kind, "pieces": pieces}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Change:
        """The change that ``to_json`` wrote."""
        return cls(**data | {"pieces": tuple(Piece(*piece) for piece in data["pieces"])})


def rendered(raw: str, changes: Sequence[Change], refused: Collection[str] = ()) -> str:
    """``raw`` with all ``changes`` but those whose key is in ``refused``.

    A change inside words that are not there for another's sake does nothing, and so does one that runs over
    a deletion that was refused.
    """
    hidden, restored = _tracked(len(raw), changes, refused)
    out: list[str] = []
    at = 0
    for piece in _edits(changes, refused):
        if piece.start < at or any(restored[piece.start : piece.end]):
            continue
        out.append(_seen(raw, hidden, at, piece.start))
        gone = all(hidden[piece.start : piece.end]) if piece.end > piece.start else bool(hidden[piece.start])
        out.append("" if gone else piece.after)
        at = piece.end
    out.append(_seen(raw, hidden, at, len(raw)))
    return "".join(out).strip("\n")


def seen_places(raw: str, changes: Sequence[Change]) -> list[int]:
    """Positions in ``raw`` of what is left when all tracked changes are accepted."""
    hidden, _ = _tracked(len(raw), changes, ())
    return [at for at in range(len(raw)) if not hidden[at]]


def around(raw: str, change: Change) -> tuple[str, str]:
    """A few characters before and after the first piece of ``change``, in its own line."""
    first, last = change.pieces[0], change.pieces[-1]
    before = raw[max(0, first.start - _AROUND) : first.start].rpartition("\n")[2]
    ends_line = last.end > last.start and raw[last.end - 1] == "\n"
    after = "" if ends_line else raw[last.end : last.end + _AROUND].partition("\n")[0]
    return before, after


class LineCounter:
    """Which paragraph a place is in, empty ones not counted."""

    def __init__(self, raw: str) -> None:
        self._starts: list[int] = []
        at = 0
        for line in raw.split("\n"):
            if line.strip():
                self._starts.append(at)
            at += len(line) + 1

    def told(self, pieces: Sequence[Piece]) -> str:
        """``第3段``, and how many places where there are more than a pair."""
        first = max(1, bisect_right(self._starts, pieces[0].start))
        return f"第{first}段" if len(pieces) < 3 else f"第{first}段起，共{len(pieces)}处"


def _tracked(length: int, changes: Sequence[Change], refused: Collection[str]) -> tuple[bytearray, bytearray]:
    """For each position whether it is hidden, and whether it is a deleted one that was brought back."""
    hidden, restored = bytearray(length + 1), bytearray(length + 1)
    for change in changes:
        accepted = change.key not in refused
        for piece in change.pieces if change.kind != "edit" else ():
            span = range(piece.start, piece.end)
            if (change.kind == "delete") == accepted:
                for at in span:
                    hidden[at] = 1
            elif change.kind == "delete":
                for at in span:
                    restored[at] = 1
    return hidden, restored


def _edits(changes: Sequence[Change], refused: Collection[str]) -> list[Piece]:
    accepted = (change for change in changes if change.kind == "edit" and change.key not in refused)
    return sorted((piece for change in accepted for piece in change.pieces), key=lambda piece: (piece.start, piece.end))


def _seen(raw: str, hidden: bytearray, start: int, end: int) -> str:
    if not any(hidden[start:end]):
        return raw[start:end]
    return "".join(raw[at] for at in range(start, end) if not hidden[at])
