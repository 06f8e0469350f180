"""What a Word document consists of, in reading order, once its XML is behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mark:
    """A tracked change around words; ``who`` made it (may be empty)."""

    kind: Literal["insert", "delete"]
    who: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text; tabs are ``\\t``, line breaks ``\\n``."""

    text: str
    bold: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the id under which its part is named; ``linked`` where it lies outside the file."""

    relation: str
    linked: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Where a footnote or endnote hangs; ``key`` is its kind and number."""

    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Missing:
    """What text cannot hold: ``what`` names it in words for people, ``text`` is what was readable of it."""

    what: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A text box with paragraphs of its own."""

    blocks: tuple[Block, ...]


Inline = Words | Picture | NoteMark | Missing | Box


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``number`` is what automatic numbering puts before it, ``marks`` concern its end."""

    inlines: tuple[Inline, ...]
    number: str = ""
    is_bullet: bool = False
    style: str = ""
    is_centred: bool = False
    marks: tuple[Mark, ...] = ()

    @property
    def text(self) -> str:
        """Its words with all tracked changes accepted, without the number."""
        return "".join(words.text for words in self.words if not is_deleted(words.marks))

    @property
    def words(self) -> list[Words]:
        return [inline for inline in self.inlines if isinstance(inline, Words)]

    @property
    def pictures(self) -> list[Picture]:
        return [inline for inline in self.inlines if isinstance(inline, Picture) and not is_deleted(inline.marks)]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; ``continues`` says that it belongs to the one above it (vMerge)."""

    blocks: tuple[Block, ...]
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(slots=True)
class WordContent:
    """A whole document: its ``blocks``, its notes by key, and what stands beside the text.

    ``sides`` are headers and footers, ``comments`` remarks, ``hidden`` words set to be invisible, ``outside``
    what the file refers to outside itself. ``pictures`` gives name and bytes of a picture by its relation.
    """

    blocks: tuple[Block, ...] = ()
    notes: dict[tuple[str, str], tuple[Block, ...]] = field(default_factory=dict)
    sides: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    outside: tuple[tuple[str, str], ...] = ()
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)


def is_deleted(marks: tuple[Mark, ...]) -> bool:
    """Whether a tracked deletion is among ``marks``."""
    return any(mark.kind == "delete" for mark in marks)


def paragraphs_of(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """All paragraphs in reading order; those of a text box come before the paragraph that holds the box."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in () if is_deleted(row.marks) else row.cells:
                    yield from paragraphs_of(cell.blocks)
            continue
        for inline in block.inlines:
            if isinstance(inline, Box):
                yield from paragraphs_of(inline.blocks)
        yield block
