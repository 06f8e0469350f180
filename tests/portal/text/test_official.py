"""A date is printed in one way and read with or without blanks."""

from __future__ import annotations

from datetime import date

import pytest

from portal.text.official import official_date, parse_official_date, short_date


def test_a_date_is_printed_without_leading_noughts() -> None:
    assert official_date(date(2024, 3, 5)) == "2024年3月5日"
    assert short_date(date(2024, 3, 5)) == "3月5日"


@pytest.mark.parametrize("text", ["2024年11月18日", "2024 年 11 月 18 日", "二〇二四年十一月十八日"])
def test_an_official_date_is_read(text: str) -> None:
    assert parse_official_date(text) == date(2024, 11, 18)


@pytest.mark.parametrize("text", ["", "11月18日", "2024年11月18日印发", "第16期"])
def test_what_is_no_official_date_gives_none(text: str) -> None:
    assert parse_official_date(text) is None


@pytest.mark.parametrize("text", ["2024年2月30日", "2024年13月1日", "2024年0月1日"])
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"month|day"):
        parse_official_date(text)
