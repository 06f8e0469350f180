"""Two boards side by side: the same figures of another period, or of another unit. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from pilots.pace import PaceState
from portal.home.boards.facts import Board, Figure, Number, Quota, number_of, shown

PASSING, DONE = "达标比例", "完成比例"
_MEANINGS = {
    PASSING: "目标所管的单位或共同体中，已达标的所占的比例。",
    DONE: "到这一天为止，完成目标值的比例；达标后为100%。",
}


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
    """The figures on top, those of the five batches and the targets, where both boards have them."""
    theirs = dict(_named(other))
    pairs = [(figure, theirs[name]) for name, figure in _named(this) if name in theirs]
    set_there = _targets(other)
    pairs += [_standing(mine, set_there[what]) for what, mine in _targets(this).items() if what in set_there]
    return [Compared(one, two, _change(one, two)) for one, two in pairs]


def _named(board: Board) -> list[tuple[str, Figure]]:
    top = [(figure.label, figure) for figure in board.headline]
    batches = [(f"{line.short_name}：{figure.label}", figure) for line in board.batches for figure in line.figures]
    return [(name, Figure(name, one.number, one.unit, one.url, one.meaning)) for name, one in (*top, *batches)]


def _targets(board: Board) -> dict[tuple[str, str], Quota]:
    """Targets by what they ask for. One that several areas set for themselves cannot be put beside another."""
    every = [*board.quotas, *(quota for line in board.batches for quota in line.quotas)]
    often = Counter((quota.label, quota.aim) for quota in every)
    return {what: quota for quota in every if often[what := (quota.label, quota.aim)] == 1}


def _standing(one: Quota, two: Quota) -> tuple[Figure, Figure]:
    """How far one thing is on its way; where either board counts several, how many of them keep the target."""
    name = DONE if one.things == two.things == 1 else PASSING

    def figure(quota: Quota) -> Figure:
        share = quota.share if name == DONE else round(quota.reached * 100 / quota.things)
        number = None if quota.state == PaceState.UNKNOWN else share
        return Figure(f"{quota.label}（{quota.aim}）：{name}", number, "%", quota.url, _MEANINGS[name])

    return figure(one), figure(two)


def _change(one: Figure, two: Figure) -> Number | None:
    if one.number is None or two.number is None:
        return None
    return number_of(Decimal(str(one.number)) - Decimal(str(two.number)))
