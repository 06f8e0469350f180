"""The picture of the alliance as plain data: where tiles stand, which shade a figure has. Reads no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Number = int | Decimal
#: Shades beside the one for nothing; more of them nobody tells apart.
SHADES = 4
_EMPTY = "·"


@dataclass(frozen=True, slots=True)
class Shade:
    """One shade of the legend: ``place`` 0 is for nothing, the last for the most; ``words`` say for which figures."""

    place: int
    words: str


def places_of(arrangement: str, names: Sequence[str]) -> list[list[str | None]]:
    """The map's rows from north to south as ``arrangement`` draws them, each place a name or None, all equally long.

    Only ``names`` have places; those that the drawing forgets stand in rows of their own below, in their order.
    """
    rows = [[name if name in names else None for name in line.split()] for line in arrangement.splitlines()]
    rows = [row for row in rows if any(row)]
    width = max([len(row) for row in rows], default=3)
    drawn = {name for row in rows for name in row}
    forgotten = [name for name in names if name not in drawn]
    rows += [list[str | None](forgotten[start : start + width]) for start in range(0, len(forgotten), width)]
    return [row + [None] * (width - len(row)) for row in rows]


def wrongly_drawn(arrangement: str, names: Iterable[str]) -> list[str]:
    """What is wrong with a drawing, a sentence each: a name that is no prefecture's, a name drawn twice."""
    known, drawn = set(names), [name for name in arrangement.split() if name != _EMPTY]
    unknown = [f"“{name}”不是已登记的设区市。" for name in dict.fromkeys(drawn) if name not in known]
    twice = [f"“{name}”写了不止一次。" for name in dict.fromkeys(drawn) if drawn.count(name) > 1]
    return unknown + twice


class Scale:
    """Shades for figures of one sort: nothing, and up to four equal steps to the highest figure."""

    def __init__(self, figures: Mapping[int, Number]) -> None:
        highest = max((figure for figure in figures.values() if figure > 0), default=0)
        steps = min(SHADES, highest) if isinstance(highest, int) else SHADES
        self._tops: list[Number] = [_step(highest, number, steps) for number in range(1, int(steps) + 1)]

    def shade(self, figure: Number) -> int:
        """The place of the shade of ``figure``."""
        if figure <= 0:
            return 0
        return next((place for place, top in enumerate(self._tops, 1) if figure <= top), len(self._tops))

    def legend(self) -> list[Shade]:
        """Every shade with its figures in words; where figures are whole, each step begins after the one before."""
        shades = [Shade(0, "0")]
        below: Number = 0
        for place, top in enumerate(self._tops, 1):
            shades.append(Shade(place, _words(below, top)))
            below = top
        return shades


def _step(highest: Number, number: int, steps: Number) -> Number:
    if isinstance(highest, int):
        return -(-highest * number // int(steps))
    return highest * number / Decimal(steps)


def _words(below: Number, top: Number) -> str:
    if isinstance(top, Decimal) or isinstance(below, Decimal):
        return f"大于{below:.1f}，至{top:.1f}"
    return str(top) if top == below + 1 else f"{below + 1}—{top}"
