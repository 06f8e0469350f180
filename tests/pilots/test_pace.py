"""How a figure stands against its target by a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pilots.pace import Aim, PaceState, pace_of
from portal.periods import Period, parse_period, term_of

TERM = term_of(date(2024, 11, 1))  # 1 September 2024 – 31 January 2025: 153 days


def aim(value: int = 8, **more: object) -> Aim:
    return Aim(value=Decimal(value), unit="次", period=TERM, **more)  # type: ignore[arg-type]


def test_it_is_told_in_words_with_the_days_left() -> None:
    assert pace_of(aim(), 6, date(2025, 1, 8)).words == "8次中已完成6次，距学期结束23天"


@pytest.mark.parametrize(
    ("day", "left"),
    [(date(2025, 1, 31), "今天学期结束"), (date(2025, 2, 1), "学期已结束"), (date(2025, 1, 30), "距学期结束1天")],
)
def test_the_end_of_the_term_is_told(day: date, left: str) -> None:
    assert pace_of(aim(), 6, day).time_words == left


def test_a_target_that_ends_within_the_term_names_its_own_end() -> None:
    part = Period("part", TERM.label, TERM.start, date(2024, 12, 20))
    ending = Aim(value=Decimal(8), unit="次", period=part)
    assert pace_of(ending, 6, date(2024, 12, 10)).time_words == "距截止10天"
    assert pace_of(ending, 6, date(2024, 12, 20)).time_words == "今天截止"
    assert pace_of(ending, 6, date(2024, 12, 21)).time_words == "已截止"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2024, 8, 31), 0), (date(2024, 9, 1), 0), (date(2024, 11, 16), 4), (date(2025, 1, 31), 8)],
)
def test_expected_by_a_day_runs_evenly_in_whole_times(day: date, expected: int) -> None:
    assert pace_of(aim(), 0, day).expected == expected


@pytest.mark.parametrize(
    ("reached", "state"),
    [(0, PaceState.LATE), (2, PaceState.LATE), (3, PaceState.ATTENTION), (4, PaceState.NORMAL), (9, PaceState.NORMAL)],
)
def test_the_state_follows_from_what_is_expected_by_today(reached: int, state: str) -> None:
    assert pace_of(aim(), reached, date(2024, 11, 16)).state == state


def test_thresholds_are_the_indicator_s() -> None:
    assert pace_of(aim(attention=50, late=20), 2, date(2024, 11, 16)).state == PaceState.NORMAL


def test_nothing_is_late_before_the_first_one_is_due() -> None:
    assert pace_of(aim(), 0, date(2024, 9, 15)).state == PaceState.NORMAL


def test_a_limit_is_broken_only_by_going_beyond_it() -> None:
    assert pace_of(aim(12, at_most=True), 12, date(2024, 11, 16)).state == PaceState.NORMAL
    assert pace_of(aim(12, at_most=True), 13, date(2024, 11, 16)).state == PaceState.LATE


def test_a_ratio_without_a_denominator_is_shown_as_such() -> None:
    pace = pace_of(aim(5, is_ratio=True), None, date(2024, 11, 16))
    assert pace.state == PaceState.UNKNOWN
    assert "分母为0" in pace.words
    assert not pace.is_reached


def test_the_forecast_goes_on_at_the_pace_so_far() -> None:
    assert pace_of(aim(), 4, date(2024, 11, 16)).forecast == 8
    assert pace_of(aim(), 4, date(2024, 8, 1)).forecast is None


def test_a_span_of_years_ends_on_its_day() -> None:
    span = parse_period("2023-01-01..2027-12-31")
    assert span is not None
    pace = pace_of(Aim(Decimal(10), "所", span), 3, date(2027, 12, 1))
    assert pace.words == "10所中已完成3所，距截止30天"


def test_more_than_was_asked_for_is_said_so() -> None:
    assert pace_of(aim(), 8, date(2025, 1, 8)).words == "8次中已完成8次，距学期结束23天"
    assert pace_of(aim(), 9, date(2025, 1, 8)).words == "目标8次，已完成9次，距学期结束23天"
