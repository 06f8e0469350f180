"""A text without its blanks that still knows where each character stood.

Type-setting leaves blanks inside dates and figures ("11 月 14 日", "72 人次"), so patterns are tried on
the text without blanks, and what is found is told with positions in the text as it was.
"""

from __future__ import annotations

from dataclasses import dataclass

_BLANKS = frozenset(" \t\u00a0\u3000")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """``text`` without blanks, made from ``source``; line ends stay."""

    text: str
    source: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Positions in the source of a stretch (not empty) of the squeezed text."""
        return self.places[start], self.places[end - 1] + 1

    def cut(self, start: int, end: int) -> str:
        """The source text of that stretch, blanks included."""
        first, last = self.span(start, end)
        return self.source[first:last]


def squeeze(source: str) -> Squeezed:
    """``source`` without blanks."""
    places = tuple(at for at, char in enumerate(source) if char not in _BLANKS)
    return Squeezed("".join(source[at] for at in places), source, places)
