"""How a figure stands against its target by a day: reached, expected, in words. Pure: reads no database.

Expected by today runs evenly over the days of the period (issue of DOMAIN.md's quotas: 每学期不少于8次). A count is
expected in whole things, so that nothing is late before the first one is due.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from django.db import models

from portal.measures import Number
from portal.periods import Period, school_year_of, term_of


class PaceState(models.TextChoices):
    """Computed, never typed in."""

    NORMAL = "normal", "正常"
    ATTENTION = "attention", "需关注"
    LATE = "late", "滞后"
    UNKNOWN = "unknown", "暂无数据"


def silent_word(*, is_reported: bool) -> str:
    """What is said of those who have added nothing to a figure: they may have done much and not reported it."""
    return "尚未填报" if is_reported else "尚未开展"


def state_label(state: str, *, is_reached: bool, at_most: bool) -> str:
    """A state in words: what is reached is said to be; an upper bound is only ever kept so far."""
    found = PaceState(state)
    return "已达标" if is_reached and found == PaceState.NORMAL and not at_most else str(found.label)


@dataclass(frozen=True, slots=True)
class Aim:
    """What shall be reached, by when: ``period`` is the stretch that is worked in, its last day the deadline.

    ``at_most`` turns the direction round. A ratio does not grow with the days: all of it is expected at once.
    ``milestones`` are days of the period and what shall be reached by them: between them a count is expected to grow
    evenly, a ratio or upper bound is expected in their steps. ``attention`` and ``late`` are per cent of what is
    expected by today. ``is_reported``: where nothing is known, nobody has reported it.
    """

    value: Decimal
    unit: str
    period: Period
    is_ratio: bool = False
    at_most: bool = False
    attention: int = 90
    late: int = 60
    milestones: tuple[tuple[date, Decimal], ...] = ()
    is_reported: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """``reached`` is None where there is nothing to count (a ratio without a denominator). ``forecast`` is what the
    period will end with at the pace so far; None where that cannot be said.
    """

    aim: Aim
    reached: Decimal | None
    expected: Decimal
    forecast: Decimal | None
    days_left: int
    state: PaceState

    @property
    def is_reached(self) -> bool:
        if self.reached is None:
            return False
        return self.reached <= self.aim.value if self.aim.at_most else self.reached >= self.aim.value

    @property
    def label(self) -> str:
        """Its state for people."""
        return state_label(self.state, is_reached=self.is_reached, at_most=self.aim.at_most)

    @property
    def share(self) -> int:
        """Reached as per cent of the target, 100 at most, for a bar."""
        if self.reached is None or self.aim.value == 0:
            return 0
        return min(100, int(self.reached * 100 / self.aim.value))

    @property
    def falls_short(self) -> bool:
        """Behind what is expected by that day; once the time is over, short of the target itself."""
        if self.reached is None:
            return False
        is_behind = self.state in (PaceState.ATTENTION, PaceState.LATE)
        return is_behind or (self.days_left <= 0 and not self.is_reached)

    @property
    def words(self) -> str:
        """``8次中已完成6次，距学期结束23天``; for a ratio ``目标5%，现为3.2%``."""
        return self.figure_words if self.reached is None else f"{self.figure_words}，{self.time_words}"

    @property
    def figure_words(self) -> str:
        """The same without the days."""
        unit = self.aim.unit
        if self.reached is None:
            return silent_word(is_reported=True) if self.aim.is_reported else "无法计算：没有可比的数据（分母为0）"
        if self.aim.is_ratio or self.aim.at_most:
            bound = "不超过" if self.aim.at_most else "目标"
            return f"{bound}{plain(self.aim.value)}{unit}，现为{plain(self.reached)}{unit}"
        if self.reached > self.aim.value:
            return f"目标{plain(self.aim.value)}{unit}，已完成{plain(self.reached)}{unit}"
        return f"{plain(self.aim.value)}{unit}中已完成{plain(self.reached)}{unit}"

    @property
    def lacking_words(self) -> str:
        """``还差2次``; empty for a ratio or an upper bound, and where nothing is lacking."""
        if self.reached is None or self.is_reached or self.aim.is_ratio or self.aim.at_most:
            return ""
        return f"还差{plain(self.aim.value - self.reached)}{self.aim.unit}"

    @property
    def time_words(self) -> str:
        end = _end_of(self.aim.period)
        if self.days_left < 0:
            return "已截止" if end == "截止" else f"{end[:2]}已结束"
        return f"今天{end}" if self.days_left == 0 else f"距{end}{self.days_left}天"


def pace_of(aim: Aim, reached: Decimal | int | None, today: date) -> Pace:
    """How ``reached`` stands against ``aim`` at the end of ``today``."""
    have = None if reached is None else Decimal(reached)
    whole = (aim.period.end - aim.period.start).days + 1
    gone = min(max((today - aim.period.start).days + 1, 0), whole)
    expected = _expected(aim, today)
    forecast = None
    if have is not None and gone and not aim.is_ratio and not aim.at_most:
        forecast = (have * whole / gone).quantize(Decimal(1))
    return Pace(
        aim=aim,
        reached=have,
        expected=expected,
        forecast=forecast,
        days_left=(aim.period.end - today).days,
        state=_state(aim, have, expected, today),
    )


def _end_of(period: Period) -> str:
    """What is over with its last day; a target may end before its term does."""
    for word, whole_of in (("学期", term_of), ("学年", school_year_of)):
        if word in period.label and whole_of(period.end).end == period.end:
            return f"{word}结束"
    return "截止"


def figure(above: Number, below: Number | None = None) -> Decimal | None:
    """What people read: in per cent for a ratio; None where there is nothing to divide by."""
    if below is None:
        return Decimal(above)
    return Decimal(above) * 100 / Decimal(below) if below else None


def plain(number: Decimal) -> str:
    """A figure as people write it: no zeros after the stop."""
    text = f"{number.quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".")


def cell(number: Decimal | None) -> Decimal | None:
    """The same figure for a table that people add up in: a number, empty where there is none."""
    return None if number is None else round(number, 2)


def _expected(aim: Aim, today: date) -> Decimal:
    """What shall be there at the end of ``today``."""
    if today >= aim.period.end:
        return aim.value
    if today < aim.period.start:
        return Decimal(0)
    if aim.is_ratio or aim.at_most:
        return _step(aim, today)
    day, value = aim.period.start - timedelta(days=1), Decimal(0)
    for then, wanted in (*aim.milestones, (aim.period.end, aim.value)):
        if today <= then:
            grown = (wanted - value) * (today - day).days / (then - day).days
            return (value + grown).to_integral_value(ROUND_FLOOR)
        day, value = then, wanted
    return aim.value


def _step(aim: Aim, today: date) -> Decimal:
    """Of a ratio: the last milestone that is over, the whole from the first day on where there is none. Of an upper
    bound the same; before its first milestone the bound itself."""
    before = Decimal(0) if aim.milestones and not aim.at_most else aim.value
    return next((wanted for day, wanted in reversed(aim.milestones) if day <= today), before)


def _state(aim: Aim, reached: Decimal | None, expected: Decimal, today: date) -> PaceState:
    if reached is None:
        return PaceState.UNKNOWN
    if aim.at_most:
        is_bound = any(day <= today for day, _ in aim.milestones) and today < aim.period.end
        limit = expected if is_bound else aim.value
        return PaceState.LATE if reached > limit else PaceState.NORMAL
    if reached >= expected or reached >= aim.value or reached * 100 >= expected * aim.attention:
        return PaceState.NORMAL
    return PaceState.LATE if reached * 100 < expected * aim.late else PaceState.ATTENTION
