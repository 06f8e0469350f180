"""What a Word file of the corpus is: how it is made, and what a reader takes it to say. All words are our own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.bulletins.reading.word_files import (
    OFFICIAL_NUMBERS,
    SPACES,
    centred,
    line,
    picture,
    relation,
    run,
)

TITLE = "青石县请师范生进村小"
FIRST = "3月7日，青石师范学院38名师范生到青石县三所村小上课。"
SECOND = "校长、教师等50余人一起评课。"


@dataclass(frozen=True, slots=True)
class WordCase:
    """A Word file: ``captions`` of its pictures, ``changes`` (their names), ``notes`` (parts of them)."""

    name: str
    make: Callable[[], bytes]
    title: str = TITLE
    text: str = f"{FIRST}\n{SECOND}"
    captions: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def report(*blocks: str) -> tuple[str, ...]:
    """The title, these blocks, the closing sentence."""
    return (centred(TITLE), *blocks, line(SECOND))


def changed(kind: str, text: str, author: str = "王编辑") -> str:
    """Tracked words: ``ins``, ``del``, ``moveFrom`` or ``moveTo``."""
    tag = "w:delText" if kind in {"del", "moveFrom"} else "w:t"
    return f'<w:{kind} w:id="1" w:author="{author}">{run(text, tag=tag)}</w:{kind}>'


def footnote(text: str) -> str:
    separator = f'<w:footnote w:id="-1" w:type="separator">{line("——")}</w:footnote>'
    return f'<w:footnotes {SPACES}>{separator}<w:footnote w:id="2">{line(text)}</w:footnote></w:footnotes>'


IMAGE: dict[str, Any] = {
    "relations": relation("p1", "image", "media/image1.png"),
    "parts": {"word/media/image1.png": picture()},
}
NUMBERS: dict[str, bytes | str] = {"word/numbering.xml": OFFICIAL_NUMBERS}
FORMULA = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
OBJECT = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12" r:id="x"/></w:object></w:r>'
CHART = '<w:r><w:drawing><a:graphic><c:chart r:id="x"/></a:graphic></w:drawing></w:r>'
SMART = '<w:r><w:drawing><a:graphic><dgm:relIds r:dm="x"/></a:graphic></w:drawing></w:r>'
