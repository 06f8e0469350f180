"""Months, terms, school years."""

from __future__ import annotations

from datetime import date

import pytest

from portal.periods import (
    month_of,
    months_in,
    parse_period,
    periods_between,
    school_year_of,
    span,
    term_of,
    year_of,
)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2024, 8, 31), "2023-2024"),
        (date(2024, 9, 1), "2024-2025"),
        (date(2025, 1, 31), "2024-2025"),
        (date(2025, 8, 31), "2024-2025"),
    ],
)
def test_a_school_year_begins_on_the_first_of_september(day: date, key: str) -> None:
    assert school_year_of(day).key == key
    assert day in school_year_of(day)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2024, 9, 1), "2024-2025-1"),
        (date(2025, 1, 31), "2024-2025-1"),
        (date(2025, 2, 1), "2024-2025-2"),
        (date(2025, 8, 31), "2024-2025-2"),
    ],
)
def test_the_second_term_begins_on_the_first_of_february(day: date, key: str) -> None:
    assert term_of(day).key == key
    assert term_of(day).label == f"2024—2025学年第{'一' if key.endswith('1') else '二'}学期"


def test_the_days_of_a_school_year_are_settings(settings: pytest.FixtureRequest) -> None:
    settings.SCHOOL_YEAR_BEGINS, settings.SECOND_TERM_BEGINS = (8, 20), (1, 15)  # type: ignore[attr-defined]
    assert school_year_of(date(2024, 8, 20)).key == "2024-2025"
    assert term_of(date(2025, 1, 15)).key == "2024-2025-2"


def test_every_key_names_its_period_again() -> None:
    day = date(2024, 12, 31)
    for period in (month_of(day), year_of(day), school_year_of(day), term_of(day), span(date(2024, 2, 29), day)):
        assert parse_period(period.key) == period


@pytest.mark.parametrize(
    "key",
    [
        "",
        "2024-13",
        "2024-00",
        "2024-2026",
        "2024-2025-3",
        "0000",
        "9999-12",
        "x",
        "2024-12-31..2024-01-01",
        "２０２４",
    ],
)
def test_anything_else_names_none(key: str) -> None:
    assert parse_period(key) is None


def test_a_month_ends_on_its_last_day() -> None:
    assert month_of(date(2024, 2, 10)).end == date(2024, 2, 29)
    assert month_of(date(2024, 12, 10)).end == date(2024, 12, 31)


def test_a_span_touches_its_first_and_last_month() -> None:
    months = months_in(span(date(2024, 11, 30), date(2025, 1, 1)))
    assert [month.key for month in months] == ["2024-11", "2024-12", "2025-01"]


def test_a_span_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        span(date(2024, 1, 2), date(2024, 1, 1))


def test_what_can_be_chosen_begins_with_the_latest() -> None:
    offered = dict(periods_between(date(2023, 10, 5), date(2024, 12, 6)))
    assert offered["月份"][0].key == "2024-12"
    assert offered["月份"][-1].key == "2023-10"
    assert [term.key for term in offered["学期"]] == ["2024-2025-1", "2023-2024-2", "2023-2024-1"]
    assert [year.key for year in offered["学年"]] == ["2024-2025", "2023-2024"]
