"""Stretches of time that figures are counted over: months, terms, school years, years, any span of days.

DOMAIN.md, glossary: a school year is 1 September – 31 August, terms split at 1 February; both days are settings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from portal.text.official import official_date

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_SCHOOL_YEAR = re.compile(r"([0-9]{4})-([0-9]{4})(?:-([12]))?")
_YEAR = re.compile(r"([0-9]{4})")
_SPAN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
_TERMS = {"1": "第一学期", "2": "第二学期"}


@dataclass(frozen=True, slots=True)
class Period:
    """A period: ``key`` for addresses, ``label`` for people, first and last day, both included."""

    key: str
    label: str
    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def month_of(day: date) -> Period:
    """The month in which ``day`` lies: ``2024-11``, 2024年11月."""
    start = day.replace(day=1)
    end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Period(f"{day:%Y-%m}", f"{day.year}年{day.month}月", start, end)


def year_of(day: date) -> Period:
    """The calendar year: ``2024``, 2024年."""
    return Period(f"{day.year:04}", f"{day.year}年", date(day.year, 1, 1), date(day.year, 12, 31))


def school_year_of(day: date) -> Period:
    """The school year: ``2024-2025``, 2024—2025学年."""
    first = day.year if day >= _begins(day.year) else day.year - 1
    key = f"{first:04}-{first + 1:04}"
    return Period(key, f"{first}—{first + 1}学年", _begins(first), _begins(first + 1) - timedelta(days=1))


def terms_of(school_year: Period) -> tuple[Period, Period]:
    """The two terms of a school year: ``2024-2025-1`` and ``-2``."""
    split = _second_term(school_year)
    parts = (("1", school_year.start, split - timedelta(days=1)), ("2", split, school_year.end))
    first, second = (
        Period(f"{school_year.key}-{number}", f"{school_year.label}{_TERMS[number]}", start, end)
        for number, start, end in parts
    )
    return first, second


def term_of(day: date) -> Period:
    """The term in which ``day`` lies."""
    first, second = terms_of(school_year_of(day))
    return first if day in first else second


def span(start: date, end: date) -> Period:
    """Any days, both included. Raises ValueError where the last lies before the first."""
    if end < start:
        raise ValueError("a period ends before it begins")
    label = official_date(start) if start == end else f"{official_date(start)}至{official_date(end)}"
    return Period(f"{start.isoformat()}..{end.isoformat()}", label, start, end)


def parse_period(key: str) -> Period | None:
    """The period that a key of this module names; None for anything else."""
    try:
        return _parsed(key)
    except (ValueError, OverflowError):  # no such day, or the end of the calendar
        return None


def standing_day(period: Period, today: date) -> date:
    """The day on which things stand as a period leaves them: its last, or ``today`` while it runs."""
    return max(period.start, min(period.end, today))


def months_in(period: Period) -> list[Period]:
    """The months that a period touches, in order."""
    months = [month_of(period.start)]
    while months[-1].end < period.end:
        months.append(month_of(months[-1].end + timedelta(days=1)))
    return months


def periods_between(first: date, last: date) -> list[tuple[str, list[Period]]]:
    """What a list to choose from offers for these days, by kind, the latest first."""
    whole = span(min(first, last), last)
    months = months_in(whole)[::-1]
    school_years = list(dict.fromkeys(school_year_of(month.end) for month in months))
    begun = [year for year in school_years if year.start <= last]
    terms = [term for year in begun for term in reversed(terms_of(year)) if term.start <= last and term.end >= first]
    years = list(dict.fromkeys(year_of(month.start) for month in months))
    return [("月份", months[:36]), ("学期", terms), ("学年", begun), ("年份", years)]


def _parsed(key: str) -> Period | None:
    if match := _MONTH.fullmatch(key):
        return month_of(date(int(match[1]), int(match[2]), 1))
    if match := _SCHOOL_YEAR.fullmatch(key):
        return _school_period(int(match[1]), int(match[2]), match[3])
    if match := _YEAR.fullmatch(key):
        return year_of(date(int(match[1]), 1, 1))
    if match := _SPAN.fullmatch(key):
        return span(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
    return None


def _school_period(first: int, second: int, term: str | None) -> Period | None:
    if second != first + 1:
        return None
    year = school_year_of(_begins(first))
    return terms_of(year)[int(term) - 1] if term else year


def _begins(year: int) -> date:
    month, day = settings.SCHOOL_YEAR_BEGINS
    return date(year, month, day)


def _second_term(school_year: Period) -> date:
    """The first day of the second term that lies inside the school year."""
    month, day = settings.SECOND_TERM_BEGINS
    split = date(school_year.start.year, month, day)
    return split if split > school_year.start else date(school_year.start.year + 1, month, day)
