"""Dates said shorter, as S1 does: 10月28日 … 30日 … 当天."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bulletins.checking.zones import Zone, touches
from bulletins.shortening.facts import Proposal, Wording
from portal.text.dates import FoundDate, find_dates

_HOUR = "(?:上午|下午|晚上|晚间|中午|凌晨)?"
_ONE_DAY = re.compile(rf"(?:\d{{4}}年)?\d{{1,2}}月(\d{{1,2}}日)({_HOUR})")
_YEAR_AND_MONTH = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?=\d)")


def dates(text: str, held: list[Zone], wording: Wording) -> Iterator[Proposal]:
    """The month left out where the date before it has the same, 当天 for the same day again."""
    found = find_dates(text, reference=wording.reference).dates
    for before, day in pairwise(found):
        shorter = None if before.approximate or day.approximate else _shorter(before, day)
        if shorter and not touches(held, *day.span) and "\n" not in text[before.span[1] : day.span[0]]:
            why = f"前面已写“{before.text}”。"
            yield Proposal("date", "日期", why, "text", *day.span, text[slice(*day.span)], shorter)


def _shorter(before: FoundDate, day: FoundDate) -> str | None:
    """How ``day`` reads behind ``before``; None where nothing can be left out."""
    text = day.text.replace(" ", "")
    one = _ONE_DAY.fullmatch(text)
    single = before.start == before.end
    if one and single and day.start == before.start:
        return "当天" + one[2]
    if (before.end.year, before.end.month) != (day.start.year, day.start.month):
        return None
    if one:
        return one[1] + one[2]
    match = _YEAR_AND_MONTH.match(text)
    return text[match.end() :] if match else None
