"""A pasted report: its title, its text, and the activities it tells of, to be confirmed by its author."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bulletins.reading.events import Event, find_events
from bulletins.reading.leads import split_lead
from bulletins.reading.places import find_place
from bulletins.reading.units import KnownUnit, UnitMatcher, UnitMention, unit_ids
from portal.text.clean import Change, clean_text
from portal.text.dates import find_dates
from portal.text.headcounts import HeadCount, find_head_counts
from portal.text.sessions import find_sessions

MAX_TITLE = 50
"""Longest title taken for one, in characters: two printed lines of 28."""

_TITLE_END = re.compile(r"[。；，：！？、,;:.]$")
_STOPS = "。！？：:"
_NAMED_PAPER = re.compile("《[^》]*》")
_HELD = re.compile(r"(?:顺利|隆重|成功|正式|圆满)?(?:举办|举行|召开|开班|开幕|闭幕)")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?")


@dataclass(frozen=True, slots=True)
class KnownKind:
    """A kind of activity and the words that tell of it (座谈会: 座谈, 座谈交流)."""

    id: int
    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownBatch:
    """One of the 五个一批 and the words that tell of it."""

    id: int
    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadActivity:
    """One event as far as its text says; what it does not say is None, empty, or one session.

    ``days`` is filled for lists such as 1日和8日; ``sessions`` is then their number unless the text counts
    otherwise. ``partner_ids`` are all units named in ``text``, the reporting unit among them where it is named;
    not a town that is only where it was held (在南昌举办).
    """

    text: str
    kind_id: int | None
    start: date | None
    end: date | None
    days: tuple[date, ...]
    approximate: bool
    sessions: int
    place: str
    partner_ids: tuple[int, ...]
    head_counts: tuple[HeadCount, ...]
    batch_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadReport:
    """``lead`` and ``body`` (paragraphs parted by ``\\n``) together are the text without a title line of its own.

    ``units`` are all units named anywhere; ``problems`` are Chinese sentences; ``changes`` what clean-up did.
    """

    title: str
    lead: str
    body: str
    activities: tuple[ReadActivity, ...]
    units: tuple[int, ...]
    problems: tuple[str, ...]
    changes: tuple[Change, ...]


def read_report(
    text: str,
    *,
    today: date,
    units: Sequence[KnownUnit] | UnitMatcher,
    kinds: Sequence[KnownKind],
    batches: Sequence[KnownBatch],
) -> ReadReport:
    """Read off ``text`` what can be read; nothing is invented, and no word of it is changed.

    ``today`` decides on years that are not written. A :class:`UnitMatcher` made once may be given for ``units``.
    """
    matcher = units if isinstance(units, UnitMatcher) else UnitMatcher(units)
    cleaned = clean_text(text)
    title_line, paragraphs = _split_title(cleaned.text)
    lead, body = _split_body(paragraphs)
    events, problems = find_events(lead, body, today=today)
    reader = _ActivityReader(matcher, kinds, batches)
    return ReadReport(
        title=title_line or lead.rstrip(_STOPS) or _title_from(body, today),
        lead=lead,
        body=body,
        activities=tuple(reader.read(event, lead) for event in events),
        units=unit_ids(matcher.find("\n".join((title_line, lead, body)))),
        problems=problems,
        changes=cleaned.changes,
    )


def _split_title(text: str) -> tuple[str, list[str]]:
    """The title line (empty where there is none) and the paragraphs after it."""
    lines = [line for line in text.split("\n") if line]
    if len(lines) < 2:
        return "", lines
    first = lines[0].lstrip("★#* ").rstrip("* ")
    short = 0 < len(first) <= MAX_TITLE and not _TITLE_END.search(first) and "。" not in first
    return (first, lines[1:]) if short else ("", lines)


def _split_body(paragraphs: list[str]) -> tuple[str, str]:
    if not paragraphs:
        return "", ""
    first = paragraphs[0].lstrip("★ ")
    lead, rest = split_lead(first, marked="**" in first)
    body = [rest, *paragraphs[1:]] if rest else paragraphs[1:]
    return lead, "\n".join(body).replace("**", "")


def _title_from(body: str, today: date) -> str:
    """What the first sentence says behind its date, up to its first comma: a title to be mended by hand."""
    match = _SENTENCE.match(body)
    sentence = match[0] if match else ""
    dates = find_dates(sentence, reference=today).dates
    if dates and dates[0].span[0] == 0:
        sentence = sentence[dates[0].span[1] :].lstrip("，, ")
    clause = re.split("[，。！？]", sentence)[0].strip()
    return clause if 4 <= len(clause) <= MAX_TITLE else ""


class _ActivityReader:
    def __init__(self, matcher: UnitMatcher, kinds: Sequence[KnownKind], batches: Sequence[KnownBatch]) -> None:
        self._matcher = matcher
        self._kinds = [(kind.id, (kind.name, *kind.words)) for kind in kinds]
        self._batches = [(batch.id, (batch.name, *batch.words)) for batch in batches]

    def read(self, event: Event, lead: str) -> ReadActivity:
        text, when = event.text, event.when
        told = text.removeprefix(lead) or text
        return ReadActivity(
            text=text,
            kind_id=self._kind(text),
            start=when.start if when else None,
            end=when.end if when else None,
            days=when.days if when else (),
            approximate=when.approximate if when else False,
            sessions=_sessions(told, len(when.days) if when else 0),
            place=find_place(told, self._matcher) or find_place(text, self._matcher),
            partner_ids=unit_ids(mention for mention in self._matcher.find(text) if not self._is_venue(text, mention)),
            head_counts=find_head_counts(told),
            batch_ids=tuple(id_ for id_, words in self._batches if any(word and word in text for word in words)),
        )

    def _is_venue(self, text: str, mention: UnitMention) -> bool:
        """``在南昌举办`` says where, not with whom."""
        start, end = mention.span
        return text[start - 1 : start] == "在" and bool(_HELD.match(text, end)) and self._matcher.is_bare_area(mention)

    def _kind(self, text: str) -> int | None:
        """The kind whose word stands in the first sentence, is longest, and stands first; None without any.

        Titles of papers (《…》) say nothing about the kind of an event.
        """
        text = _NAMED_PAPER.sub("", text)
        match = _SENTENCE.match(text)
        first = match.end() if match else 0
        best: tuple[tuple[bool, int, int], int] | None = None
        for id_, words in self._kinds:
            for word in words:
                at = text.find(word) if word else -1
                if at >= 0 and (best is None or (at < first, len(word), -at) > best[0]):
                    best = (at < first, len(word), -at), id_
        return best[1] if best else None


def _sessions(text: str, days: int) -> int:
    """Sessions the text counts (17场次; several such figures are added), else times (先后两次), else days named."""
    counts = find_sessions(text)
    held = sum(count.number for count in counts if count.unit != "次")
    times = max((count.number for count in counts if count.unit == "次"), default=0)
    return held or max(times, days, 1)
