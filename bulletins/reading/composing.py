"""From the blocks of a Word document to one text, with all that was done to it on the way as changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bulletins.reading.captions import Captions
from bulletins.reading.changes import Change, Kind, Piece
from bulletins.reading.tidy import CELLS
from bulletins.reading.word.blocks import (
    Block,
    Box,
    Inline,
    Mark,
    Missing,
    NoteMark,
    Paragraph,
    Picture,
    Row,
    Table,
    Words,
    is_deleted,
    paragraphs_of,
)

LONG_CELL = 120
"""A cell that holds more is no figure of a table but text (a form with the article in it)."""

NUMBERS = "自动编号写成文字"
BULLETS = "项目符号写成“●”"
NOTES = "脚注、尾注写进正文"
MERGED = "合并的单元格在每一行写出"
CAPTIONS = "图片说明移到图片下（附件中）"
INSERTED = "采纳修订：插入"
DELETED = "采纳修订：删除"
TITLE_LINES = "标题合为一行"
_STOPS = "。！？；：，、,;:.!?"


@dataclass(slots=True)
class Composed:
    """The text as it stands in the file, and what is done to it; ``missing`` are things text cannot hold."""

    raw: str
    changes: tuple[Change, ...]
    pictures: tuple[tuple[Picture, str], ...]
    missing: tuple[Missing, ...]
    boxes: int


@dataclass(slots=True)
class Composer:
    """Writes blocks one after another. ``notes`` are the footnotes and endnotes of the document."""

    notes: dict[tuple[str, str], tuple[Block, ...]]
    captions: Captions
    changes: list[Change] = field(default_factory=list)
    pictures: list[tuple[Picture, str]] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    boxes: int = 0
    _parts: list[str] = field(default_factory=list)
    _at: int = 0
    _paragraphs: int = 0

    def title(self, lines: Sequence[Paragraph]) -> None:
        """The paragraphs of the title, joined."""
        for at, paragraph in enumerate(lines):
            if at:
                self._write("\n")
            self._count(paragraph)
            self._inlines(paragraph.inlines)
        joints = [Piece(at, at + 1) for at, char in enumerate("".join(self._parts)) if char == "\n"]
        self._note(TITLE_LINES, "", "", joints)
        self._write("\n")

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Paragraphs and tables in their order."""
        for block in blocks:
            if isinstance(block, Table):
                self._table(block)
            else:
                self._paragraph(block)

    def composed(self) -> Composed:
        """What was written so far."""
        changes = tuple(replace(change, key=f"w{number}") for number, change in enumerate(_joined(self.changes)))
        return Composed("".join(self._parts), changes, tuple(self.pictures), tuple(self.missing), self.boxes)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._at += len(text)

    def _note(self, what: str, before: str, after: str, pieces: Sequence[Piece], kind: Kind = "edit") -> None:
        if pieces:
            where = f"第{max(1, self._paragraphs)}段"
            self.changes.append(Change("", what, before, after, where, kind, tuple(pieces)))

    def _count(self, paragraph: Paragraph) -> None:
        if paragraph.text.strip():
            self._paragraphs += 1

    def _paragraph(self, paragraph: Paragraph) -> None:
        for inline in paragraph.inlines:
            if isinstance(inline, Box):
                self.boxes += 1
                self.blocks(inline.blocks)
        self._count(paragraph)
        start = self._at
        if paragraph.number and paragraph.text.strip():
            what = BULLETS if paragraph.number == "●" else NUMBERS
            self._note(what, "", paragraph.number, [Piece(start, start, paragraph.number)])
        self._inlines(paragraph.inlines)
        self._end(paragraph)
        if paragraph in self.captions:
            self._note(CAPTIONS, paragraph.text.strip(), "", [Piece(start, self._at)])

    def _end(self, paragraph: Paragraph) -> None:
        """The end of a paragraph may be inserted or deleted too: then it is one with the next.

        A paragraph that holds only pictures, boxes and the like leaves no empty line behind.
        """
        if paragraph.inlines and not any(words.text for words in paragraph.words):
            return
        start = self._at
        self._write("\n")
        self._track(paragraph.marks, "\n", start)

    def _inlines(self, inlines: Iterable[Inline]) -> None:
        for inline in inlines:
            if isinstance(inline, Words):
                start = self._at
                self._write(inline.text)
                self._track(inline.marks, inline.text, start)
            elif isinstance(inline, Picture) and not is_deleted(inline.marks):
                self.pictures.append((inline, self.captions.of(inline)))
            elif isinstance(inline, NoteMark):
                self._footnote(inline)
            elif isinstance(inline, Missing):
                self.missing.append(inline)

    def _track(self, marks: tuple[Mark, ...], text: str, start: int) -> None:
        if start == self._at:
            return
        for mark in dict.fromkeys(marks):
            who = f"（{mark.who}）" if mark.who else ""
            piece = [Piece(start, self._at)]
            if mark.kind == "insert":
                self._note(f"{INSERTED}{who}", "", text, piece, "insert")
            else:
                self._note(f"{DELETED}{who}", text, "", piece, "delete")

    def _footnote(self, mark: NoteMark) -> None:
        text = "".join(paragraph.text.strip() for paragraph in paragraphs_of(self.notes.get(mark.key, ())))
        if text:
            self._note(NOTES, "", f"（注：{text}）", [Piece(self._at, self._at, f"（注：{text}）")])

    def _table(self, table: Table) -> None:
        pieces: list[Piece] = []
        merged: list[Piece] = []
        above: dict[int, str] = {}
        for row in table.rows:
            if self._is_layout(row):
                for cell in row.cells:
                    self.blocks(cell.blocks)
                continue
            self._paragraphs += 1
            start = self._at
            told = ([], []) if is_deleted(row.marks) else (pieces, merged)
            self._row(row, *told, above)
            self._write("\n")
            self._track(row.marks, "表格的一行", start)
        self._note(CELLS, "", "", pieces)
        self._note(MERGED, "", "", merged)

    def _is_layout(self, row: Row) -> bool:
        """A row that only arranges text and pictures on the page: its cells are read one after another."""
        if len(row.cells) < 2:
            return True
        paragraphs = [paragraph for cell in row.cells for paragraph in paragraphs_of(cell.blocks)]
        lengths = [sum(len(paragraph.text) for paragraph in paragraphs_of(cell.blocks)) for cell in row.cells]
        return max(lengths) > LONG_CELL or any(p.pictures or p in self.captions for p in paragraphs)

    def _row(self, row: Row, pieces: list[Piece], merged: list[Piece], above: dict[int, str]) -> None:
        first = True
        for column, cell in enumerate(row.cells):
            if not first:
                pieces.append(Piece(self._at, self._at + 1, "；"))
                self._write("\t")
            first = False
            if cell.continues:
                if above.get(column):
                    merged.append(Piece(self._at, self._at, above[column]))
                continue
            written = len(self._parts)
            self._cell(cell.blocks, pieces)
            above[column] = " ".join("".join(self._parts[written:]).split())

    def _cell(self, blocks: Sequence[Block], pieces: list[Piece]) -> None:
        """Everything in a cell in one line; lines inside it become ``，``, cells of a table inside it ``、``."""
        first = True
        for block in blocks:
            lines = [row.cells for row in block.rows] if isinstance(block, Table) else [block]
            for line in lines:
                if isinstance(line, Paragraph) and not line.inlines:
                    continue
                if not first:
                    last = self._parts[-1][-1:] if self._parts else ""
                    pieces.append(Piece(self._at, self._at + 1, "" if last in _STOPS else "，"))
                    self._write("\n")
                first = False
                if isinstance(line, Paragraph):
                    self._in_cell(line)
                    continue
                for at, cell in enumerate(line):
                    if at:
                        pieces.append(Piece(self._at, self._at + 1, "、"))
                        self._write("\t")
                    self._cell(cell.blocks, pieces)

    def _in_cell(self, paragraph: Paragraph) -> None:
        for inline in paragraph.inlines:
            if isinstance(inline, Box):
                self.boxes += 1
                for inside in paragraphs_of(inline.blocks):
                    self._inlines(inside.inlines)
        if paragraph.number and paragraph.text.strip():
            self._note(NUMBERS, "", paragraph.number, [Piece(self._at, self._at, paragraph.number)])
        start = self._at
        self._inlines(paragraph.inlines)
        if paragraph in self.captions:
            self._note(CAPTIONS, paragraph.text.strip(), "", [Piece(start, self._at)])


def _joined(changes: Sequence[Change]) -> list[Change]:
    """Neighbouring tracked changes of one kind and person as one: Word cuts them at every change of looks."""
    out: list[Change] = []
    for change in changes:
        last = next((earlier for earlier in reversed(out) if earlier.what == change.what), None)
        if change.kind == "edit" or last is None or last.pieces[-1].end != change.pieces[0].start:
            out.append(change)
            continue
        out[out.index(last)] = replace(
            last,
            before=last.before + change.before,
            after=last.after + change.after,
            pieces=(Piece(last.pieces[0].start, change.pieces[-1].end),),
        )
    return out
