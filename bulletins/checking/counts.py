"""Figures that contradict each other: parts and their sum, lead and text, entry and source, two entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bulletins.checking.facts import FIELDS, CheckedText, Field, Spot, Surroundings, Weight
from portal.text.headcounts import HeadCount, find_head_counts

_SENTENCE = re.compile("[^。！？\n]+")
_SUM = re.compile("^(?:共计|总计|合计|一共|共)")
_COUNTED = re.compile(r"(?<![\d.第])(\d{1,6})(?=(?:余|多)?(人次|人|名|所|场次|场|个|项|节|对|篇))")
_PEOPLE = {"人", "名", "位"}
_FIGURE = re.compile(r"(?<![\d.])\d{2,6}(?=(?:余|多)?(?:人次|人|名|所|场次|场|个|项|节|对|篇|万|%))")
_QUOTE = re.compile("“([^“”]{10,400})”")
_MOST = 40  # figures in one sentence, events in one entry; more is no report
_MARKS = re.compile(r"[^\w\u4e00-\u9fff]+")


def sums(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """38人 and 5人 in one sentence whose 共计 says 44人; figures behind 其中 may not exceed what they are part of."""
    for field in FIELDS:
        text = one.field(field)
        for match in _SENTENCE.finditer(text):
            yield from _sums_of(field, match.start(), match[0])


def _sums_of(field: Field, at: int, sentence: str) -> Iterator[Spot]:
    counts = find_head_counts(sentence)[:_MOST]
    for place, total in enumerate(counts):
        if total.exactness != "exact" or not _SUM.match(total.text):
            continue
        parts = _exact(counts[:place], total)
        if len(parts) >= 2 and sum(parts) != total.number:
            yield _contradiction(field, at, total, parts, f"与“{total.text}”不符")
        among = sentence.find("其中", total.span[1])
        inside = _exact([count for count in counts[place + 1 :] if count.span[0] > among], total) if among >= 0 else []
        if sum(inside) > total.number:
            yield _contradiction(field, at, total, inside, f"多于“{total.text}”")


def _contradiction(field: Field, at: int, total: HeadCount, parts: list[int], what: str) -> Spot:
    added = "+".join(map(str, parts))
    shown = f"{added}={sum(parts)}" if len(parts) > 1 else added
    return Spot(field, at + total.span[0], at + total.span[1], f"{shown}{total.measure}，{what}，请核对。")


def _exact(counts: Sequence[HeadCount], total: HeadCount) -> list[int]:
    """The figures of ``counts`` if all can be added up to ``total``; nothing where one is of another kind."""
    if any(count.exactness != "exact" or count.measure != total.measure or count.total for count in counts):
        return []
    return [count.number for count in counts]


def lead_figures(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """A figure in the lead where the text counts the same thing, but nowhere so many."""
    inside: dict[str, set[str]] = {}
    for match in _COUNTED.finditer(one.text):
        inside.setdefault(_measure(match), set()).add(match[1])
    for match in _COUNTED.finditer(one.lead):
        known = inside.get(_measure(match))
        if known and match[1] not in known:
            yield Spot("lead", *match.span(), f"正文中没有“{match[1]}{match[2]}”这个数，请核对。")


def _measure(match: re.Match[str]) -> str:
    return "人" if match[2] in _PEOPLE else match[2]


def source_figures(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """A figure that stands in none of the units' own texts."""
    if not one.sources:
        return
    known = {
        figure
        for source in one.sources
        for figure in re.findall(r"\d{2,6}", re.sub(r"(?<=\d)[,， ](?=\d)", "", source))
    }
    for field in FIELDS:
        for match in _FIGURE.finditer(one.field(field)):
            if match[0] not in known:
                yield Spot(field, *match.span(), f"来稿原文中没有“{match[0]}”这个数，请核对。")


def source_quotes(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """Words between quotation marks that no source has: somebody's words were changed."""
    if not one.sources:
        return
    sources = [_MARKS.sub("", source) for source in one.sources]
    for field in FIELDS:
        for match in _QUOTE.finditer(one.field(field)):
            words = _MARKS.sub("", match[1])
            if not any(words in source for source in sources):
                yield Spot(field, *match.span(), "引号内的话与来稿原文不一致，请核对。")


@dataclass(frozen=True, slots=True)
class _Event:
    key: str
    field: Field
    day: date
    units: frozenset[int]
    count: HeadCount
    at: int


def same_event(texts: Sequence[CheckedText], around: Surroundings) -> Iterator[tuple[str, Spot]]:
    """Two entries tell of one day with the same units and give different numbers of people."""
    told: list[_Event] = []
    for one in texts:
        for event in _events(one, around):
            for other in told:
                if other.key != event.key and _contradict(other, event):
                    why = f"另一条写同一天、相同单位的活动，人数是“{other.count.text}”，请核对。"
                    start, end = event.count.span
                    yield event.key, Spot(event.field, event.at + start, event.at + end, why, None, Weight.LIKELY)
                    break
            told.append(event)


def _events(one: CheckedText, around: Surroundings) -> Iterator[_Event]:
    """Sentences with one head count and at least two units, each on the single day it names or inherits."""
    when: date | None = None
    for start, end in islice((match.span() for match in _SENTENCE.finditer(one.text)), _MOST):
        named = [day for day in around.dates(one.text)[: 2 * _MOST] if start <= day.span[0] < end]
        if named:
            when = named[0].start if len(named) == 1 and named[0].start == named[0].end else None
        counts = find_head_counts(one.text[start:end]) if when else ()
        if when and len(counts) == 1:
            units = frozenset(unit.unit_id for unit in around.mentions(one.text) if start <= unit.span[0] < end)
            if len(units) >= 2:
                yield _Event(one.key, "text", when, units, counts[0], start)


def _contradict(first: _Event, second: _Event) -> bool:
    one, other = first.count, second.count
    return (
        first.day == second.day
        and len(first.units & second.units) >= 2
        and one.measure == other.measure
        and one.number != other.number
        and one.total == other.total
    )
