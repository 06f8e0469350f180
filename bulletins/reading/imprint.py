"""The imprint (版记) at the foot of an issue: 报, 送, office and day of printing (GB/T 9704-2012 7.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from bulletins.reading.header import official
from bulletins.reading.lines import Line, dated, imprint_word
from bulletins.reading.log import ReadingLog


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands between the last rules; ``strays`` are lines that belong to none of it."""

    report_to: str
    copy_to: str
    office: str
    printed_on: date | None
    strays: tuple[Line, ...]


def split_imprint(lines: list[Line], office: str) -> tuple[list[Line], list[Line]]:
    """The lines of the sections and those of the imprint.

    The imprint begins with the first 报/送 line, line of the office or printing date after the last ★.
    """
    last = max((at for at, line in enumerate(lines) if line.opens), default=-1)
    for at in range(last + 1, len(lines)):
        if imprint_word(lines[at]) or (office and lines[at].plain == office) or _printed(lines[at]):
            return lines[:at], lines[at:]
    return lines, []


def _printed(line: Line) -> bool:
    found = dated(line)
    return found is not None and (found[2] or not found[0])


def read_imprint(lines: list[Line], office: str, log: ReadingLog) -> Imprint:
    """Read the imprint; ``office`` is the one in the head, which the imprint repeats.

    Raises UnreadableIssue where the day of printing is none of the calendar.
    """
    reader = _ImprintReader(office, log)
    following: Line | None
    for line, following in zip_longest(lines, lines[1:]):
        reader.take(line, following)
    return reader.imprint()


class _ImprintReader:
    def __init__(self, office: str, log: ReadingLog) -> None:
        self._expected = office
        self._log = log
        self._addressed: dict[str, list[str]] = {"报": [], "送": []}
        self._current = ""
        self._office = ""
        self._printed_on: date | None = None
        self._strays: list[Line] = []

    def imprint(self) -> Imprint:
        report_to, copy_to = ("；".join(self._addressed[kind]) for kind in ("报", "送"))
        return Imprint(report_to, copy_to, self._office, self._printed_on, tuple(self._strays))

    def take(self, line: Line, following: Line | None) -> None:
        word, date_line = imprint_word(line), dated(line)
        if word is not None:
            self._address(line, *word)
        elif self._printed_on is not None:
            self._strays.append(line)
        elif date_line is not None and _printed(line):
            self._office = date_line[0] or self._office
            self._printed_on = official(date_line[1], "印发日期")
        elif self._is_office(line, following):
            self._office, self._current = line.plain, ""
        elif self._current:
            self._addressed[self._current][-1] += line.plain
            self._log.note(line.number, "joined to the imprint line above")
        else:
            self._strays.append(line)

    def _is_office(self, line: Line, following: Line | None) -> bool:
        """The office repeats the one in the head, or stands directly above the printing date."""
        before_date = following is not None and _printed(following)
        return line.plain == self._expected or (not self._office and (before_date or not self._current))

    def _address(self, line: Line, name: str, text: str) -> None:
        kind = "报" if name in {"报", "抄报"} else "送"
        if self._addressed[kind]:
            self._log.problem(line.number, f"a second {kind} line, kept behind the first after a semicolon")
        if name != kind:
            self._log.problem(line.number, f"{name} is kept as {kind}, the only word the imprint prints")
        self._addressed[kind].append(text)
        self._current = kind
