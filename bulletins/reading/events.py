"""The dated events of a report: which sentences tell of which.

A report often holds several (S1: …开展协同提质系列活动). Each date at which something is said to have taken
place opens an event, which lasts to the next. A date that names a document, a deadline or a plan does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from portal.text.dates import FoundDate, find_dates

_SENTENCE_END = re.compile(r"[。！？][”’）]?|\n")
_CLAUSE_END = "，；、：。！？\n”）"
_NO_EVENT_BEFORE = re.compile(r"(?:截至|截止|截止到|拟于|计划于?|将于|定于|预计|根据|按照|依据)$")
_NO_EVENT_AFTER = re.compile(r"(?:之?前|以前|以来|的|止|为止|(?:印发|下发|发布|出台|颁布|发出|修订|施行))")
_SAME_DAY = frozenset(("当天", "当日", "同日", "当晚"))
_OUTLOOK = re.compile(r"(?:^|(?<=[。！？\n]))(?:下一步|今后|接下来|未来|下阶段)")
_OPEN, _CLOSE = "（(《〈“〔【", "）)》〉”〕】"


@dataclass(frozen=True, slots=True)
class Event:
    """A stretch of the report and the date it is about (None where the report names none)."""

    text: str
    when: FoundDate | None


def find_events(lead: str, body: str, *, today: date) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """The events of a report, at least one, and sentences about dates that do not exist.

    Dates of the lead count only where the text has none. Where there is but one event, all text is about it.
    """
    findings = find_dates(body, reference=today)
    dates = _opening(body, findings.dates)
    if not dates:
        in_lead = find_dates(lead, reference=today)
        when = in_lead.dates[0] if in_lead.dates else None
        return (Event(lead + body, when),), findings.problems + in_lead.problems
    if len(dates) == 1:
        return (Event(lead + body, dates[0]),), findings.problems
    starts = _starts(body, dates)
    ends = [*starts[1:], len(body)]
    events = tuple(
        Event(_without_outlook(body[start:end]).strip(), when)
        for start, end, when in zip(starts, ends, dates, strict=True)
    )
    return events, findings.problems


def _opening(body: str, dates: tuple[FoundDate, ...]) -> list[FoundDate]:
    """The dates that open an event; where strictness leaves none, those that stand in no brackets."""
    depths = _bracket_depths(body)
    free = [found for found in dates if not depths[found.span[0]]]
    return [found for found in free if _opens_event(body, found)] or free[:1]


def _opens_event(body: str, found: FoundDate) -> bool:
    start, end = found.span
    if found.text in _SAME_DAY and start and body[start - 1] not in _CLAUSE_END:
        return False
    clause = body[max(0, start - 8) : start].replace(" ", "")
    return not _NO_EVENT_BEFORE.search(clause) and not _NO_EVENT_AFTER.match(body, end)


def _bracket_depths(body: str) -> list[int]:
    """For each character how many brackets and quotation marks are open before it in its paragraph."""
    depths, depth = [], 0
    for char in body:
        depths.append(depth)
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char == "\n":
            depth = 0
    return depths


def _starts(body: str, dates: list[FoundDate]) -> list[int]:
    """Where each event begins: at its sentence, or at its clause where the sentence has an earlier event."""
    starts: list[int] = []
    sentence_starts = [0, *(match.end() for match in _SENTENCE_END.finditer(body))]
    for at, found in enumerate(dates):
        sentence = sentence_starts[bisect_right(sentence_starts, found.span[0]) - 1]
        if at and sentence <= dates[at - 1].span[0]:
            earlier = dates[at - 1].span[1]
            clause = max(body.rfind(mark, earlier, found.span[0]) for mark in _CLAUSE_END) + 1
            starts.append(max(clause, earlier))
        else:
            starts.append(sentence)
    return starts


def _without_outlook(text: str) -> str:
    """The text up to the sentence that turns to plans (下一步…): plans are no event."""
    match = _OUTLOOK.search(text)
    return text[: match.start()] if match and match.start() else text
