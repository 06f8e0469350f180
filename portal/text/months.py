"""Spans that name no day: ``11月上旬``, ``10月底``, ``9月至11月``, ``11月``."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_PART = r"(?:上旬|中旬|下旬|初(?![中级一二三])|[底末])?"
_YEAR = r"(?:\d{4}年)?"
_START = rf"{_YEAR}\d{{1,2}}(?:月{_PART})?(?:至|到|[-—–―－~～])"
MONTH_SPAN = rf"(?<![\d.])(?:{_START})?{_YEAR}\d{{1,2}}月{_PART}(?!\d)"
"""Pattern (source text) of a span of months or parts of a month."""

_ENDS = re.compile(rf"(?:(\d{{4}})年)?(\d{{1,2}})(?:月({_PART}))?")
_DAYS = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "底": (21, 31), "末": (21, 31)}


def month_span(text: str, limit: date) -> tuple[date, date]:
    """First and last day of a span that MONTH_SPAN found; without a year it begins not after ``limit``.

    Raises ValueError where a month is none of the calendar.
    """
    ends = [match.groups() for match in _ENDS.finditer(text)]
    (year, month, part), (last_year, last_month, last_part) = ends[0], ends[-1]
    if not 1 <= int(month) <= 12 or not 1 <= int(last_month) <= 12:
        raise ValueError(f"no such month: {text}")
    first_day = _DAYS.get(part or "", (1, 31))[0]
    given = year or (last_year if int(month) <= int(last_month) else None)
    start_year = int(given) if given else limit.year - (date(limit.year, int(month), first_day) > limit)
    end_year = int(last_year) if last_year else start_year + (int(last_month) < int(month))
    last_day = min(_DAYS.get(last_part or "", (1, 31))[1], monthrange(end_year, int(last_month))[1])
    return date(start_year, int(month), first_day), date(end_year, int(last_month), last_day)
