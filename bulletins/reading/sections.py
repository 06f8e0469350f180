"""Sections, entries and paragraphs of an issue, put together again from the lines of a file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bulletins.content import EntryContent, SectionContent
from bulletins.reading.errors import UnreadableIssue
from bulletins.reading.leads import reads_as_lead, split_lead
from bulletins.reading.lines import Line
from bulletins.reading.log import ReadingLog

_ENDS = re.compile(r"[。！？!?…：:][”’」』）)》〉]*(?:\*\*)?[。]?$|[”’」』](?:\*\*)?$")
_MAX_PIECES = 4
_LEAD_ALONE = re.compile(r"\*\*[^*]+\*\*")
_MISSED_ENTRY = re.compile(r"([^。！？]+[。！？])\s*(?:\d{4}年)?\d{1,2}月")


@dataclass(slots=True)
class _Entry:
    line: int
    pieces: list[list[str]] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs, put together from the pieces that page ends have left."""
        return ["".join(pieces) for pieces in self.pieces]

    @property
    def is_cut(self) -> bool:
        """Whether the last paragraph ends in the middle of a sentence."""
        return bool(self.pieces) and not _ENDS.search(self.pieces[-1][-1])

    def add(self, text: str) -> None:
        """Begin a paragraph."""
        self.pieces.append([text])

    def run_on(self, text: str) -> None:
        """Continue the last paragraph; a blank is needed only where a Latin word ended the line."""
        above = self.pieces[-1][-1][-1:]
        latin = above.isascii() and above.isalpha() and text[:1].isascii() and text[:1].isalpha()
        self.pieces[-1] += [" ", text] if latin else [text]

    def is_lead_alone(self, marked: bool) -> bool:
        """Whether all there is so far is a lead whose text stands in the next paragraph."""
        if len(self.pieces) != 1 or len(self.pieces[0]) > _MAX_PIECES:
            return False
        only = self.paragraphs[0]
        return bool(_LEAD_ALONE.fullmatch(only)) if marked else reads_as_lead(only)


@dataclass(slots=True)
class _Section:
    name: str
    line: int
    entries: list[_Entry] = field(default_factory=list)


class SectionReader:
    """Takes the lines between header and imprint, in order, and gives the sections."""

    def __init__(self, lines: list[Line], log: ReadingLog) -> None:
        self._log = log
        self._lines = lines
        self._marked = any(line.text.startswith("**") for line in lines if not line.head)
        self._starred = any(line.starred for line in lines)
        self._sections: list[_Section] = []
        self._early: list[_Entry] = []
        self._key = 0

    def read(self, strays: tuple[Line, ...]) -> tuple[SectionContent, ...]:
        """The sections of the issue.

        Entries above the first head are kept in the first section, each of ``strays`` at the end of the
        first or last entry, whichever is nearer; both are problems. Raises UnreadableIssue where no
        entry is found.
        """
        for line in self._lines:
            if line.head:
                self._open_section(line)
            elif line.starred:
                self._open_entry(line)
            else:
                self._continue(line)
        self._place_early()
        self._drop_empty()
        self._place_strays(strays)
        return tuple(self._section(section) for section in self._sections)

    def _open_section(self, line: Line) -> None:
        if any(section.name == line.head for section in self._sections):
            self._log.problem(line.number, f"section {line.head} occurs twice")
        self._sections.append(_Section(line.head, line.number))

    def _open_entry(self, line: Line) -> None:
        entry = _Entry(line.number, [[line.text]] if line.text else [])
        (self._sections[-1].entries if self._sections else self._early).append(entry)

    def _continue(self, line: Line) -> None:
        entries = self._sections[-1].entries if self._sections else self._early
        if not entries:
            entries.append(_Entry(line.number, [[line.text]]))
            if self._sections:
                self._log.note(line.number, "★ supplied")
            return
        entry = entries[-1]
        if not entry.pieces:
            entry.add(line.text)
            self._log.note(line.number, "run on behind the ★ that stands alone")
        elif entry.is_cut:
            entry.run_on(line.text)
            self._log.note(line.number, "joined to the paragraph above, which a page end had cut")
        elif entry.is_lead_alone(self._marked):
            entry.run_on(line.text)
            self._log.note(line.number, "run on behind the lead, which stood alone")
        else:
            self._add_paragraph(entries, line)

    def _add_paragraph(self, entries: list[_Entry], line: Line) -> None:
        """A whole paragraph without ★: a further one of the entry above, unless its lead is marked or no ★ is used."""
        missed = _MISSED_ENTRY.match(line.plain)
        reads_as_entry = missed is not None and reads_as_lead(missed[1])
        if (self._marked and line.text.startswith("**")) or (reads_as_entry and not self._starred):
            entries.append(_Entry(line.number, [[line.text]]))
            self._log.note(line.number, "★ supplied")
            return
        entries[-1].add(line.text)
        if reads_as_entry:
            self._log.problem(line.number, "may be an entry whose ★ is missing; kept as a paragraph of the entry above")

    def _place_early(self) -> None:
        if self._early:
            self._sections[0].entries[:0] = self._early
        for entry in self._early:
            text = "".join(entry.paragraphs)
            self._log.problem(entry.line, f"text above the first section, kept there as an entry: {text}")

    def _place_strays(self, strays: tuple[Line, ...]) -> None:
        entries = [entry for section in self._sections for entry in section.entries]
        for line in strays:
            before = bool(entries) and line.number < entries[0].line
            entry = entries[0 if before else -1]
            entry.add(line.text)
            where = "first" if before else "last"
            self._log.problem(line.number, f"could not be placed, kept at the end of the {where} entry: {line.plain}")

    def _drop_empty(self) -> None:
        for section in self._sections:
            for entry in section.entries:
                if not entry.pieces:
                    self._log.problem(entry.line, "★ without text left out")
            section.entries = [entry for entry in section.entries if entry.pieces]
            if not section.entries:
                self._log.problem(section.line, f"section {section.name} has no entries and was left out")
        self._sections = [section for section in self._sections if section.entries]
        if not self._sections:
            raise UnreadableIssue("栏目下面没有找到内容，请检查文件是否完整，再重新导入。")

    def _section(self, section: _Section) -> SectionContent:
        return SectionContent(section.name, tuple(self._entry(entry) for entry in section.entries))

    def _entry(self, entry: _Entry) -> EntryContent:
        self._key += 1
        first, *others = entry.paragraphs
        lead, rest = split_lead(first, marked=self._marked)
        inner = "".join([first.replace("**", "", 2) if first.startswith("**") else first, *others])
        if "**" in inner:
            self._log.note(entry.line, "** inside the text left out")
        texts = (rest, *(text.replace("**", "") for text in others))
        return EntryContent(lead, tuple(text for text in texts if text), f"entry-{self._key}")
