"""台账 in the layout that offices hand in: title, unit and 截至, numbered rows in rules, a line to sign on."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from portal.exchange.workbook import CENTRE, WRAP, Column, sheet_name, text_cell
from portal.text.official import official_date

TITLE_FONT, TEXT_FONT = "方正小标宋简体", "仿宋_GB2312"
#: What people fill in by hand before it is handed in.
SIGNATURE = "填表人：　　　　　　　　审核人：　　　　　　　　单位（盖章）：　　　　　　　　日期：　　　　年　　月　　日"
EMPTY = "本期没有记录"
_A4 = 9
_BLACK = Side(style="thin", color="000000")
_RULES = Border(left=_BLACK, right=_BLACK, top=_BLACK, bottom=_BLACK)
_LEFT, _RIGHT = Alignment(vertical="center"), Alignment(horizontal="right", vertical="center")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a ledger: its title (活动台账), its columns, and its rows, read once, as they are written."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Iterable[object]]


def official_book(sheets: Sequence[Sheet], *, unit: str, period: str, day: date) -> bytes:
    """A workbook of ledgers of ``unit`` for ``period`` (2024年) as they stood on ``day``."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet_name(sheet.title)), sheet, unit, period, day)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write(target: Any, sheet: Sheet, unit: str, period: str, day: date) -> None:
    columns = (Column("序号", 6), *sheet.columns)
    _set_up(target, columns)
    blanks = [None] * (len(columns) - 2)
    target.append([text_cell(target, f"{unit}{period}{sheet.title}", font=Font(TITLE_FONT, 18), alignment=CENTRE)])
    font = Font(TEXT_FONT, 12)
    until = text_cell(target, f"截至：{official_date(day)}", font=font, alignment=_RIGHT)
    target.append([text_cell(target, f"单位：{unit}", font=font, alignment=_LEFT), *blanks, until])
    head = Font(TEXT_FONT, 11, bold=True)
    target.append([text_cell(target, one.title, font=head, alignment=CENTRE, border=_RULES) for one in columns])
    rows = _numbered(target, sheet.rows, len(columns))
    last = 3 + rows
    target.row_dimensions[last + 2].height = 30
    target.append([])
    target.append([text_cell(target, SIGNATURE, font=font, alignment=_LEFT)])
    for merged in (1, last + 2):
        target.merged_cells.add(f"A{merged}:{get_column_letter(len(columns))}{merged}")
    if len(columns) > 2:
        target.merged_cells.add(f"A2:{get_column_letter(len(columns) - 1)}2")


def _set_up(target: Any, columns: Sequence[Column]) -> None:
    """Landscape A4, as wide as the page, the head on every page."""
    for place, column in enumerate(columns, 1):
        target.column_dimensions[get_column_letter(place)].width = column.width
    target.freeze_panes = "A4"
    target.row_dimensions[1].height, target.row_dimensions[2].height = 36, 22
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    target.page_setup.orientation, target.page_setup.paperSize = "landscape", _A4
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.print_title_rows = "1:3"
    target.oddFooter.center.text = "第&P页，共&N页"


def _numbered(target: Any, rows: Iterable[Iterable[object]], width: int) -> int:
    """Write the rows, each with its number; returns how many lines that took."""
    font, number = Font(TEXT_FONT, 11), 0
    for number, row in enumerate(rows, 1):
        target.append(
            [
                text_cell(target, number, font=font, alignment=CENTRE, border=_RULES),
                *(text_cell(target, value, font=font, alignment=WRAP, border=_RULES) for value in row),
            ]
        )
    if number:
        return number
    texts = ("", EMPTY, *("",) * (width - 2))
    target.append([text_cell(target, text, font=font, alignment=WRAP, border=_RULES) for text in texts])
    return 1
