"""How a date is printed and read (GB/T 9704-2012 7.3.5.4: Arabic figures, no leading noughts)."""

from __future__ import annotations

import re
from datetime import date

from portal.text.numbers import read_number

_DATE = re.compile(
    r"(\d{4}|[〇零○一二三四五六七八九]{4})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)


def official_date(value: date) -> str:
    """``date(2024, 11, 18)`` → ``2024年11月18日``."""
    return f"{value.year}年{value.month}月{value.day}日"


def short_date(value: date) -> str:
    """``date(2024, 11, 18)`` → ``11月18日``, where the year is plain from what stands around it."""
    return f"{value.month}月{value.day}日"


def parse_official_date(text: str) -> date | None:
    """The date that ``text`` consists of, blanks inside it aside; None where it is no official date at all.

    Raises ValueError where it has the form of one but names no day of the calendar (2024年2月30日).
    """
    match = _DATE.fullmatch(re.sub(r"\s+", "", text))
    if match is None:
        return None
    year, month, day = (read_number(part) for part in match.groups())
    return date(year, month, day)
