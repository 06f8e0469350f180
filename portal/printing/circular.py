"""A circular (通报) in Word: title, addressee, text, a table, the office and its day (GB/T 9704-2012, 7.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from portal.text.official import official_date

from .page import TEXT_WIDTH
from .word_styles import CENTRE, HEAD, LEFT, RIGHT, TEXT, TITLE, Look, add_style, official_document, saved, writable

LOOKS = (
    Look("通报标题", font=TITLE, size=22, align=CENTRE, line=36, after=28),
    Look("主送单位", align=LEFT),
    Look("落款", align=RIGHT),
    Look("表头", font=HEAD, size=12, align=CENTRE, line=18),
    Look("表中文字", size=12, align=LEFT, line=18),
    Look("表中数字", size=12, align=CENTRE, line=18),
)
#: The first column is a running number, the second the name; the others share what is left by how much they say.
_NUMBER_WIDTH, _NAME_WIDTH, _LEAST_WIDTH = 36.0, 150.0, 47.0
#: Longer words break; a column of them needs no more than this many characters a line.
_MOST_SAID = 14
#: Right of the day four characters stay free (7.3.5.4); the office stands over its middle.
_FREE = 4 * 16


@dataclass(frozen=True, slots=True)
class CircularContent:
    """What a circular says. ``head`` names the columns after the running number; each row begins with a name."""

    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    office: str
    day: date


def circular_docx(content: CircularContent) -> bytes:
    """The circular as an editable .docx."""
    document = official_document(title=content.title, author=content.office, day=content.day)
    for look in LOOKS:
        add_style(document, look)
    document.add_paragraph(writable(content.title), style="通报标题")
    if content.addressee:
        document.add_paragraph(writable(content.addressee.rstrip("：:")) + "：", style="主送单位")
    for text in content.paragraphs:
        document.add_paragraph(writable(text), style=TEXT)
    if content.rows:
        add_table(document, content.head, content.rows)
    _sign(document, content)
    return saved(document)


def add_table(document: Any, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Numbered rows with rules around every cell, in the styles of ``LOOKS``; the head stands on each page."""
    rows = list(rows)
    widths = _widths(head, rows)
    table = document.add_table(rows=1, cols=len(head) + 1)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{rules}</w:tblBorders>"))
    _fill(table.rows[0], ("序号", *head), ("表头",) * (len(head) + 1), widths)
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    styles = ("表中数字", "表中文字", *("表中数字",) * (len(head) - 1))
    for number, row in enumerate(rows, 1):
        _fill(table.add_row(), (str(number), *row), styles, widths)


def _fill(row: Any, texts: tuple[str, ...], styles: tuple[str, ...], widths: tuple[float, ...]) -> None:
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    for cell, text, style, width in zip(row.cells, texts, styles, widths, strict=True):
        cell.width = Pt(width)
        cell.paragraphs[0].style = style
        cell.paragraphs[0].add_run(writable(text))


def _widths(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> tuple[float, ...]:
    """Of the columns, in points: each as wide as its words want, none narrower than a figure and its heading."""
    others = range(1, len(head))
    said = [min(max(len(head[at]), *(len(row[at]) for row in rows), 1), _MOST_SAID) for at in others]
    room = TEXT_WIDTH - _NUMBER_WIDTH - _NAME_WIDTH
    least = min(_LEAST_WIDTH, room / max(1, len(said)))
    shares = (least + (room - least * len(said)) * one / sum(said) for one in said)
    return (_NUMBER_WIDTH, _NAME_WIDTH, *shares)


def _sign(document: Any, content: CircularContent) -> None:
    """The office, and under it the day."""
    day = official_date(content.day)
    longer = max(len(content.office), len(day) * 0.7) * 16
    for text, width, before in ((content.office, len(content.office) * 16, 28), (day, len(day) * 11, 0)):
        line = document.add_paragraph(writable(text), style="落款")
        line.paragraph_format.space_before = Pt(before)
        line.paragraph_format.right_indent = Pt(_FREE + (longer - width) / 2 if text == day else _FREE)
        line.paragraph_format.keep_with_next = text == content.office
