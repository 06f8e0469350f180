"""Dates in running text, as reports of the programme write them (S0, S1).

Found are ``11月14日`` · ``15日至16日`` · ``10月28-31日`` · ``10月21日至11月8日`` · ``1日和8日`` · ``11月上旬`` ·
``9月至11月`` · ``8日下午`` · ``2023年11月15日`` · ``2023-11-15`` · ``当天`` · ``次日``, blanks inside them or not.

- A day without month has the month of the date before it; ``当天`` is that date (the last day of a span).
- A date without year is the latest one that is not later than the reference date and a few days' slack:
  in a report of January, ``12月28日`` was last year.
- ``39号`` without a month is the number of a document, ``3日内`` a time, not a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from portal.text.months import MONTH_SPAN, month_span
from portal.text.squeezed import Squeezed, squeeze

SLACK_DAYS = 7
"""A report may announce what takes place within the week."""

_MONTH = r"(?:\d{4}年)?\d{1,2}月"
_HOUR = r"(?:上午|下午|晚上|晚间|中午|凌晨)?"
_JOIN = r"(?:至|到|[-—–―－~～]{1,2}|[、和与及])"
_ITEM = re.compile(
    rf"(?P<join>{_JOIN})?(?:(?P<year>\d{{4}})年)?(?:(?P<month>\d{{1,2}})月)?(?P<day>\d{{1,2}})[日号]?{_HOUR}"
)
_LISTED = "、和与及"
_ANY = re.compile(
    rf"""(?P<iso>(?<!\d)\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d))
    |(?P<days>(?<![\d.])(?:(?:{_MONTH})?\d{{1,2}}(?:[日号]{_HOUR})?{_JOIN}){{0,12}}(?:{_MONTH})?\d{{1,2}}[日号]{_HOUR})
    |(?P<months>{MONTH_SPAN})
    |(?P<same>当天|当日|同日|当晚)
    |(?P<next>次日|翌日)""",
    re.VERBOSE,
)
_NO_DAY_BEFORE = re.compile(r"(?:为期|历时|[共近满第每约用间])$")
_NO_DAY_AFTER = re.compile(r"[内制游后前以之间]")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date or span in a text.

    ``days`` names the single days of a list (``1日和8日``), else it is empty; ``start`` and ``end`` are then
    the first and the last of them. ``approximate`` marks ``11月上旬`` and the like. ``text`` stands at ``span``.
    """

    start: date
    end: date
    days: tuple[date, ...]
    approximate: bool
    text: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class DateFindings:
    """All dates of a text in order, and a Chinese sentence for each that no calendar has."""

    dates: tuple[FoundDate, ...]
    problems: tuple[str, ...]


def find_dates(text: str, *, reference: date) -> DateFindings:
    """All dates in ``text``; years that are missing follow from ``reference`` (day of the report or of the issue)."""
    finder = _Finder(squeeze(text), reference)
    for match in _ANY.finditer(finder.squeezed.text):
        finder.take(match)
    return DateFindings(tuple(finder.found), tuple(finder.problems))


class _Finder:
    def __init__(self, squeezed: Squeezed, reference: date) -> None:
        self.squeezed = squeezed
        self.found: list[FoundDate] = []
        self.problems: list[str] = []
        self._reference = reference

    def take(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        try:
            if kind == "days":
                self._take_days(match)
            elif kind == "months":
                start, end = month_span(match[0], self._reference + timedelta(days=SLACK_DAYS))
                self._add(match, start, end, approximate=True)
            elif kind == "iso":
                day = date(*(int(part) for part in re.split(r"[-/.]", match[0])))
                self._add(match, day, day)
            elif self.found:
                day = self.found[-1].end + timedelta(days=kind == "next")
                self._add(match, day, day)
        except ValueError:
            self.problems.append(f"“{match[0]}”在日历上不存在，请核对。")

    def _add(
        self, match: re.Match[str], start: date, end: date, days: tuple[date, ...] = (), *, approximate: bool = False
    ) -> None:
        where = match.span()
        cut, span = self.squeezed.cut(*where), self.squeezed.span(*where)
        self.found.append(FoundDate(start, end, days, approximate, cut, span))

    def _take_days(self, match: re.Match[str]) -> None:
        if "月" not in match[0] and not self._is_bare_day(match):
            return
        days: list[date] = []
        listed = False
        for item in _ITEM.finditer(match[0]):
            join = item["join"] or ""
            day = self._day(item, days[-1] if days else None)
            ranged = bool(join) and join not in _LISTED
            if ranged:
                day = _not_before(day, days[-1], by_year=bool(item["month"]))
            listed = listed or (bool(join) and not ranged)
            days += _between(days[-1], day) if ranged else [day]
        self._add(match, min(days), max(days), tuple(days) if listed else ())

    def _is_bare_day(self, match: re.Match[str]) -> bool:
        text = self.squeezed.text
        after = text[match.end() : match.end() + 1]
        return (
            "号" not in match[0]
            and not _NO_DAY_BEFORE.search(text[max(0, match.start() - 2) : match.start()])
            and not _NO_DAY_AFTER.match(after)
        )

    def _day(self, item: re.Match[str], before: date | None) -> date:
        """The day that one item names; ``before`` is the item before it in the same list or span."""
        day = int(item["day"])
        if item["year"]:
            return date(int(item["year"]), int(item["month"] or 0), day)
        earlier = before or (self.found[-1].end if self.found else None)
        if item["month"] and before:
            return date(before.year, int(item["month"]), day)
        if item["month"]:
            return latest(int(item["month"]), day, self._reference + timedelta(days=SLACK_DAYS))
        if earlier:
            return date(earlier.year, earlier.month, day)
        return _latest_of_month(day, self._reference + timedelta(days=SLACK_DAYS))


def latest(month: int, day: int, limit: date) -> date:
    """The latest such day that is not after ``limit``; raises ValueError where no calendar near has it."""
    for year in (limit.year, limit.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= limit:
            return found
    raise ValueError(f"no such day: {month}-{day}")


def _latest_of_month(day: int, limit: date) -> date:
    found = date(limit.year, limit.month, day) if day <= limit.day else None
    if found:
        return found
    last_month = limit.replace(day=1) - timedelta(days=1)
    return date(last_month.year, last_month.month, day)


def _not_before(day: date, start: date, *, by_year: bool) -> date:
    """The end of a span: ``12月28日至1月3日`` ends in the next year, ``30日至2日`` in the next month."""
    if day >= start:
        return day
    if by_year:
        return day.replace(year=day.year + 1)
    following = date(start.year, start.month, 28) + timedelta(days=4)
    return date(following.year, following.month, day.day)


def _between(start: date, end: date) -> list[date]:
    """The days after ``start`` up to ``end``; only the end for a span longer than a month, which no list names."""
    length = (end - start).days
    return [start + timedelta(days=step) for step in range(1, length + 1)] if length <= 31 else [end]
