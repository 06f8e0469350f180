"""A whole past issue out of its text or Word file (S0, S1)."""

from __future__ import annotations

from dataclasses import dataclass

from bulletins.content import IssueContent
from bulletins.reading.errors import UnreadableFile, UnreadableIssue
from bulletins.reading.files import load_lines
from bulletins.reading.header import Header, read_header
from bulletins.reading.imprint import Imprint, read_imprint, split_imprint
from bulletins.reading.lines import Line, as_lines, number_label
from bulletins.reading.log import ReadingLog
from bulletins.reading.sections import SectionReader


@dataclass(frozen=True, slots=True)
class ReadIssue:
    """An issue as read, its number, and what the reader had to do.

    ``year`` is None where numbers count on over the years (S1: 第16期). ``notes`` say what was
    repaired, ``problems`` what could not be placed for certain. Everything named there is kept in
    ``content``, except heads and ★ without text and text outside the body of a Word file: those stand
    in the problem alone.
    """

    content: IssueContent
    number: int
    year: int | None
    notes: tuple[str, ...]
    problems: tuple[str, ...]


def read_issue(source: bytes, *, filename: str) -> ReadIssue:
    """Read a .txt or .docx file of one issue; no character is changed, blanks, ``**`` and ★ aside.

    Raises UnreadableIssue, with a sentence for the user, where the file is empty, too large, of another
    kind or dangerous, or where masthead, number, date or sections are missing or a date does not exist.
    """
    try:
        text = load_lines(source, filename=filename)
    except UnreadableFile as error:
        raise UnreadableIssue(error.message_zh) from error
    log = ReadingLog(text.unit)
    lines = as_lines(text, log)
    above, below = _split_header(lines)
    header = read_header(above, log)
    middle, foot = split_imprint(below, header.office)
    imprint = read_imprint(foot, header.office, log)
    _note_blanks(lines, log)
    for leftover in text.leftovers:
        log.problem(0, f"text outside the body of the Word file, not taken in: {leftover}")
    strays = header.strays + _second_office(header, imprint, foot, log) + imprint.strays
    reader = SectionReader(middle, log)
    content = _content(header, imprint, reader, strays)
    return ReadIssue(content, header.number, header.year, log.notes(), log.problems())


def _note_blanks(lines: list[Line], log: ReadingLog) -> None:
    """Name all lines with blanks in one note; the blank between masthead and title is no damage."""
    start = next(at for at, line in enumerate(lines) if number_label(line))
    damaged = [line.number for line in lines[start:] if line.had_blanks]
    log.joined_note(damaged, "blanks taken out between Chinese characters and figures")


def _split_header(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    if not any(line.head for line in lines):
        raise UnreadableIssue("没有找到栏目标题，请用【】标明各个栏目，如“【省级动态】”，再重新导入。")
    at = next(at for at, line in enumerate(lines) if line.opens)
    return lines[:at], lines[at:]


def _second_office(header: Header, imprint: Imprint, foot: list[Line], log: ReadingLog) -> tuple[Line, ...]:
    """An office in the imprint that is not the one in the head: an issue has one, so it is a stray line."""
    if not imprint.office or imprint.office == header.office:
        return ()
    line = next(line for line in foot if line.plain.startswith(imprint.office))
    if not header.office:
        log.note(line.number, "issuing office taken from the imprint")
        return ()
    return (Line(line.number, imprint.office, imprint.office),)


def _content(header: Header, imprint: Imprint, reader: SectionReader, strays: tuple[Line, ...]) -> IssueContent:
    sections = reader.read(strays)
    return IssueContent(
        masthead=header.masthead,
        title=header.title,
        label=header.label,
        office=header.office or imprint.office,
        issue_date=header.issue_date,
        sections=sections,
        report_to=imprint.report_to,
        copy_to=imprint.copy_to,
        printed_on=imprint.printed_on,
    )
