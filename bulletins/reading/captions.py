"""Which paragraph tells what a picture shows: ``图1 …``, a caption by style, or the short line below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bulletins.reading.word.blocks import Block, Paragraph, Picture, Table, paragraphs_of

LONGEST_CAPTION = 60
SHORT = 40

_NUMBERED = re.compile(r"[（(]?图\s*(?:片\s*)?[\d一二三四五六七八九十１-９]{1,3}")
_SAYS_SO = re.compile(r"[（(]?图(?:为|片?[:：])|.*(?:现场照?片?|剪影|合影|供图|摄)[）)]?$")
_STYLES = frozenset(("caption", "题注", "图注", "图片说明", "图题"))


class Captions:
    """The captions of a document: ``of(picture)``, and ``in`` for the paragraphs that are taken for captions."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._of: dict[int, str] = {}
        self._paragraphs: set[int] = set()
        for table in _tables(blocks):
            self._in_table(table)
        self._in_text([paragraph for paragraph in paragraphs_of(tuple(blocks)) if _says_something(paragraph)])

    def __contains__(self, paragraph: Paragraph) -> bool:
        return id(paragraph) in self._paragraphs

    def of(self, picture: Picture) -> str:
        """The caption of a picture, or ""."""
        return self._of.get(id(picture), "")

    def _take(self, pictures: Sequence[Picture], paragraph: Paragraph) -> None:
        self._paragraphs.add(id(paragraph))
        for picture in pictures:
            self._of[id(picture)] = " ".join(f"{paragraph.number}{paragraph.text}".split())

    def _in_table(self, table: Table) -> None:
        """Pictures side by side have their captions in the cell itself or in the same column below."""
        for row, below in zip(table.rows, [*table.rows[1:], None], strict=True):
            for column, cell in enumerate(row.cells):
                paragraphs = list(paragraphs_of(cell.blocks))
                pictures = [picture for paragraph in paragraphs for picture in paragraph.pictures]
                if not pictures:
                    continue
                told = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
                if not told and below is not None and column < len(below.cells):
                    told = [p for p in paragraphs_of(below.cells[column].blocks) if _says_something(p)]
                if len(told) == 1 and not told[0].pictures and len(told[0].text.strip()) <= LONGEST_CAPTION:
                    self._take(pictures, told[0])

    def _in_text(self, paragraphs: list[Paragraph]) -> None:
        at = 0
        while at < len(paragraphs):
            first = at
            while at < len(paragraphs) and _only_pictures(paragraphs[at]):
                at += 1
            pictures = [picture for paragraph in paragraphs[first:at] for picture in paragraph.pictures]
            if pictures:
                self._beside(pictures, paragraphs[first - 1] if first else None, paragraphs[at : at + 1])
            else:
                self._inside(paragraphs[at], paragraphs[at + 1 : at + 2])
                at += 1

    def _inside(self, paragraph: Paragraph, below: list[Paragraph]) -> None:
        """A picture that stands in a line of text: the line itself or the next may be its caption."""
        if paragraph.pictures and paragraph.text.strip():
            found = next((told for told in (paragraph, *below) if _is_numbered(told)), None)
            if found is not None:
                self._take(paragraph.pictures, found)

    def _beside(self, pictures: list[Picture], above: Paragraph | None, below: list[Paragraph]) -> None:
        if any(id(picture) in self._of for picture in pictures):
            return
        if below and below[0] not in self and _is_caption(below[0]):
            self._take(pictures, below[0])
        elif above is not None and above not in self and _is_numbered(above):
            self._take(pictures, above)


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for row in block.rows:
                for cell in row.cells:
                    yield from _tables(cell.blocks)


def _says_something(paragraph: Paragraph) -> bool:
    return bool(paragraph.text.strip() or paragraph.pictures)


def _only_pictures(paragraph: Paragraph) -> bool:
    return bool(paragraph.pictures) and not paragraph.text.strip()


def _is_numbered(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return 0 < len(text) <= LONGEST_CAPTION and (paragraph.style in _STYLES or bool(_NUMBERED.match(text)))


def _is_caption(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    if _is_numbered(paragraph):
        return True
    if paragraph.pictures or paragraph.number or not 0 < len(text) <= SHORT or text.endswith(("。", "：", "；")):
        return False
    return paragraph.is_centred or bool(_SAYS_SO.match(text))
