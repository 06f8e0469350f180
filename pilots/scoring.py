"""How points follow from figures, reviews and marks, and how they add up. Pure: no database is asked.

S2 三（六）: 努力值 of the lead and 提升值 of the members are joined; what they share counts for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

#: Points are given to the hundredth.
HUNDREDTH = Decimal("0.01")


def rounded(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def linear(value: Decimal, *, zero_at: Decimal, full_at: Decimal, weight: Decimal) -> Decimal:
    """None of ``weight`` at ``zero_at``, all of it at ``full_at``, and what lies in between; never less or more."""
    part = (value - zero_at) / (full_at - zero_at)
    return rounded(weight * min(max(part, Decimal(0)), Decimal(1)))


@dataclass(frozen=True, slots=True)
class Reviews:
    """What several reviewers gave: how many, their average, and how far the highest is from the lowest."""

    count: int
    average: Decimal
    lowest: Decimal
    highest: Decimal

    @property
    def spread(self) -> Decimal:
        return self.highest - self.lowest


def joined(points: Sequence[Decimal]) -> Reviews | None:
    """The reviews of one score; None where there are none."""
    average = mean(points)
    return None if average is None else Reviews(len(points), average, min(points), max(points))


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The average to the hundredth; None of nothing."""
    return rounded(sum(values, Decimal(0)) / len(values)) if values else None


def number(value: Decimal | None, digits: int = 2) -> str:
    """A figure for people: no zeros at the end, no more than ``digits`` behind the point; a dash for none."""
    if value is None:
        return "—"
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
