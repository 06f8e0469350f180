"""Plain text → the structure officials write: headings ``一、`` ``（一）`` ``1.``, ★ items, paragraphs.

The order of the levels is that of GB/T 9704-2012 7.3.3. No mark is taken away: the text of all blocks together is
the text that came in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading1", "heading2", "heading3", "item", "paragraph"]

MAX_HEADING = 45
"""A heading stands in one or two printed lines; what is longer is text that happens to be numbered."""

_NUMERAL = "[一二三四五六七八九十百]{1,4}"
_LEVELS: tuple[tuple[BlockKind, re.Pattern[str]], ...] = (
    ("heading1", re.compile(rf"{_NUMERAL}、")),
    ("heading2", re.compile(rf"[（(]{_NUMERAL}[）)]")),
    ("heading3", re.compile(r"\d{1,2}(?:[．、]|\.(?!\d))")),
)
_HEADING_END = re.compile(r"[^。！？]*[。！？：]?")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: ``text`` is heading, item or paragraph; ``run_on`` follows a heading in its line."""

    kind: BlockKind
    text: str
    run_on: str = ""


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text as typed: one per line, blank lines and outer blanks left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of ``text``, one for each line that is not empty."""
    lines = (line.strip(" \u3000\t\r") for line in text.split("\n"))
    return tuple(_block(line) for line in lines if line)


def _block(line: str) -> Block:
    if line.startswith("★"):
        return Block("item", line)
    for kind, pattern in _LEVELS:
        match = pattern.match(line)
        if match is None:
            continue
        heading = _HEADING_END.match(line)
        end = heading.end() if heading else 0
        if match.end() < end <= MAX_HEADING:
            return Block(kind, line[:end], line[end:])
    return Block("paragraph", line)
