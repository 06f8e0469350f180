"""A calendar file (iCalendar, RFC 5545): as much of it as a list of meetings needs. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

#: How long a meeting is taken to be whose end nobody has said.
USUAL_LENGTH = timedelta(hours=2)
#: RFC 5545, 3.1: octets in a line before it is folded.
LONGEST_LINE = 75


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: all of its days, or from ``begins`` (aware) on where the hour is known and it is one day."""

    uid: str
    start: date
    end: date
    summary: str
    changed: datetime
    begins: datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar_file(name: str, events: Iterable[Event]) -> bytes:
    """The file, in UTF-8 with CRLF; ``name`` is how a phone calls the calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Xietong Portal//Meetings//ZH",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_moment(event.changed)}"
    if event.begins and event.start == event.end:
        yield f"DTSTART:{_moment(event.begins)}"
        yield f"DTEND:{_moment(event.begins + USUAL_LENGTH)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.end + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    for label, words in (("LOCATION", event.place), ("DESCRIPTION", event.text)):
        if words:
            yield f"{label}:{_escaped(words)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """Broken after at most 75 octets, never within a character."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += width
    return "\r\n".join(parts)
