"""Dates in reports are understood as their writers mean them."""

from __future__ import annotations

from datetime import date

import pytest

from portal.text.dates import FoundDate, find_dates

ISSUE = date(2024, 11, 18)


def only(text: str, reference: date = ISSUE) -> FoundDate:
    findings = find_dates(text, reference=reference)
    assert findings.problems == ()
    (found,) = findings.dates
    return found


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("11月14日，大会召开。", (2024, 11, 14), (2024, 11, 14)),
        ("11 月 14 日，大会召开。", (2024, 11, 14), (2024, 11, 14)),
        ("2023年11月15日至16日，举办培训。", (2023, 11, 15), (2023, 11, 16)),
        ("10月28-31日，前往外校。", (2024, 10, 28), (2024, 10, 31)),
        ("10月21日至11月8日，送教下乡。", (2024, 10, 21), (2024, 11, 8)),
        ("10月30日至2日，开展实习。", (2024, 10, 30), (2024, 11, 2)),
        ("2023年12月28日至2024年1月5日", (2023, 12, 28), (2024, 1, 5)),
        ("8日下午，召开会议。", (2024, 11, 8), (2024, 11, 8)),
        ("28日，召开会议。", (2024, 10, 28), (2024, 10, 28)),
        ("2024-10-09，召开会议。", (2024, 10, 9), (2024, 10, 9)),
        ("12月1日，召开会议。", (2023, 12, 1), (2023, 12, 1)),
        ("11月20日，将召开会议。", (2024, 11, 20), (2024, 11, 20)),
    ],
)
def test_a_day_or_span_is_read(text: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    found = only(text)
    assert (found.start, found.end, found.days, found.approximate) == (date(*start), date(*end), (), False)


def test_two_days_are_two_days_and_not_the_week_between_them() -> None:
    assert only("11月1日和8日，两次座谈。").days == (date(2024, 11, 1), date(2024, 11, 8))
    assert only("10月30日、11月2日和5日").days == (date(2024, 10, 30), date(2024, 11, 2), date(2024, 11, 5))
    assert len(only("11月1日至3日和8日").days) == 4


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("11月上旬，各县遴选学校。", (2024, 11, 1), (2024, 11, 10)),
        ("10 月中旬", (2024, 10, 11), (2024, 10, 20)),
        ("2024年2月下旬", (2024, 2, 21), (2024, 2, 29)),
        ("9月底", (2024, 9, 21), (2024, 9, 30)),
        ("12月上旬", (2023, 12, 1), (2023, 12, 10)),
        ("9月至11月，开展走访。", (2024, 9, 1), (2024, 11, 30)),
        ("11月至次年，先看2023年11月至2024年1月", (2024, 11, 1), (2024, 11, 30)),
    ],
)
def test_part_of_a_month_is_a_span_marked_approximate(
    text: str, start: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    found = find_dates(text, reference=ISSUE).dates[0]
    assert (found.start, found.end, found.approximate) == (date(*start), date(*end), True)


def test_a_day_without_month_has_the_month_of_the_date_before_it() -> None:
    findings = find_dates("10月28日，教研。30日，授牌。当天，报告。次日，返校。", reference=ISSUE)
    assert [found.start.day for found in findings.dates] == [28, 30, 30, 31]
    assert {found.start.month for found in findings.dates} == {10}
    assert [found.text for found in findings.dates] == ["10月28日", "30日", "当天", "次日"]


def test_an_earlier_day_stays_in_the_month() -> None:
    findings = find_dates("11月1日和8日，座谈。7日，讲堂。", reference=ISSUE)
    assert findings.dates[1].start == date(2024, 11, 7)


def test_in_january_a_day_of_december_was_last_year() -> None:
    findings = find_dates("12月28日，送教。1月3日，回访。", reference=date(2025, 1, 6))
    assert [found.start for found in findings.dates] == [date(2024, 12, 28), date(2025, 1, 3)]
    assert only("12月28日至1月3日", date(2025, 1, 6)).end == date(2025, 1, 3)


def test_a_day_that_no_calendar_has_is_told_and_the_others_are_read() -> None:
    findings = find_dates("2月30日，座谈。13月1日，听课。3月2日，上课。", reference=date(2025, 3, 10))
    assert [found.start for found in findings.dates] == [date(2025, 3, 2)]
    assert findings.problems == (
        "“2月30日”在日历上不存在，请核对。",
        "“13月1日”在日历上不存在，请核对。",
    )


def test_the_leap_day_is_that_of_a_leap_year() -> None:
    assert only("2月29日", date(2025, 2, 10)).start == date(2024, 2, 29)
    assert find_dates("2月29日", reference=date(2027, 3, 10)).problems


@pytest.mark.parametrize(
    "text",
    ["赣教基字〔2023〕39号", "3日内报送", "为期5日的培训", "每周五日制", "近日召开", "2035年建成", "3个月", "共8日"],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text, reference=ISSUE) == find_dates("", reference=ISSUE)


def test_the_place_in_the_text_counts_its_blanks() -> None:
    text = "据报，11 月 1 日 和 8 日 下午座谈。"
    found = only(text)
    assert text[slice(*found.span)] == found.text == "11 月 1 日 和 8 日 下午"
