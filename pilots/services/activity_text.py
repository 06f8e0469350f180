"""Facts of an activity as official text, which ``activity_row`` reads back as the same facts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from portal.text.official import official_date, short_date

_PARTS = {(1, 10): "上旬", (11, 20): "中旬"}


def date_text(start: date | None, end: date | None, days: tuple[date, ...] = (), *, approximate: bool = False) -> str:
    """``2024年10月28日至31日``, ``2024年11月1日、8日``, ``2024年11月上旬``; empty without a date."""
    if start is None:
        return ""
    end = end or start
    if days:
        return "、".join(_day(day, before) for day, before in zip(days, (None, *days), strict=False))
    if approximate:
        rough = _rough(start, end)
        if rough:
            return rough
    return _day(start) if start == end else f"{_day(start)}至{_day(end, start)}"


def _day(day: date, before: date | None = None) -> str:
    """A day without what it shares with the one before it."""
    if before and (before.year, before.month) == (day.year, day.month):
        return f"{day.day}日"
    if before and before.year == day.year:
        return short_date(day)
    return official_date(day)


def _rough(start: date, end: date) -> str:
    """Parts of a month, or months; empty where the span is neither."""
    last = monthrange(end.year, end.month)[1]
    one_month = (start.year, start.month) == (end.year, end.month)
    head = f"{start.year}年{start.month}月"
    if start.day == 1 and end.day == last:
        tail = f"{end.year}年{end.month}月" if start.year != end.year else f"{end.month}月"
        return head if one_month else f"{head}至{tail}"
    if one_month and start.day == 21 and end.day == last:
        return f"{head}下旬"
    part = _PARTS.get((start.day, end.day), "") if one_month else ""
    return f"{head}{part}" if part else ""
