"""Days that do not belong into this issue: outside its collection window, or still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.checking.facts import FIELDS, CheckedText, Spot, Surroundings, Weight
from bulletins.checking.zones import joined, quoted, titles, touches
from portal.text.dates import FoundDate
from portal.text.official import official_date

_BRACKETS = re.compile("（[^（）]{0,80}）")
#: Words in the same clause that tell of what is to come or was before, on purpose.
_PLANNED = re.compile("将|拟|计划|预计|定于|下一步|截至|自从|起实施|以来|去年|上年|此前|早在|印发|发布|成立于|始于")
_CLAUSE_MARKS = "，。；！？\n"


def days(one: CheckedText, around: Surroundings) -> Iterator[Spot]:
    """Days after today, and days of events before the window opened or after it closed."""
    for field in FIELDS:
        text = one.field(field)
        aside = joined([*quoted(text), *titles(text), *(match.span() for match in _BRACKETS.finditer(text))])
        for day in around.dates(text):
            if not any(char.isdigit() for char in day.text) or touches(aside, *day.span):
                continue
            told = _wrong(day, around)
            if told and not _PLANNED.search(_clause(text, day)):
                yield Spot(field, *day.span, *told)


def _wrong(day: FoundDate, around: Surroundings) -> tuple[str, None, Weight] | None:
    latest = max(around.today, around.reference)
    if day.start > latest:
        return f"{official_date(day.start)}还没有到，请核对。", None, Weight.LIKELY
    if around.window is None:
        return None
    start, end = around.window
    if day.end < start or day.start > end:
        why = f"{official_date(day.start)}不在本期收稿时间（{official_date(start)}至{official_date(end)}）内，请核对。"
        return why, None, Weight.HINT
    return None


def _clause(text: str, day: FoundDate) -> str:
    """The words around a day up to the next marks on both sides."""
    start, end = day.span
    before = text[max(0, start - 30) : start]
    after = text[end : end + 30]
    for mark in _CLAUSE_MARKS:
        before = before.rpartition(mark)[2]
        after = after.partition(mark)[0]
    return before + after
