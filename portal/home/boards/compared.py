"""Two boards side by side: the same figures of another period, or of another unit. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from portal.home.boards.facts import Board, Figure, Number, number_of, shown


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of both: ``change`` is this less the other; None where one of them cannot be said."""

    this: Figure
    other: Figure
    change: Number | None

    @property
    def change_text(self) -> str:
        return f"+{shown(self.change)}" if self.change and self.change > 0 else shown(self.change)


def compare(this: Board, other: Board) -> list[Compared]:
    """The figures on top and those of the five batches, where both boards have them."""
    theirs = dict(_named(other))
    pairs = [(figure, theirs[name]) for name, figure in _named(this) if name in theirs]
    return [Compared(one, two, _change(one, two)) for one, two in pairs]


def _named(board: Board) -> list[tuple[str, Figure]]:
    top = [(figure.label, figure) for figure in board.headline]
    batches = [(f"{line.short_name}：{figure.label}", figure) for line in board.batches for figure in line.figures]
    return [(name, Figure(name, one.number, one.unit, one.url, one.meaning)) for name, one in (*top, *batches)]


def _change(one: Figure, two: Figure) -> Number | None:
    if one.number is None or two.number is None:
        return None
    return number_of(Decimal(str(one.number)) - Decimal(str(two.number)))
