"""Excel tables out and in. Out: the layout offices know. In: text of cells only, each refusal a sentence."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from portal.refusals import Refused

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The whole programme has some thousands of schools; what is longer is no list of ours, or a sheet filled to its end.
MAX_ROWS = 50_000
MAX_BYTES = 10_000_000
#: What a table of so many rows unpacks to is far below this; a zip bomb is far above.
MAX_UNPACKED = 100_000_000
MAX_PARTS = 500
#: The header is looked for in so many first rows: a title and notes may stand above it.
HEADER_WITHIN = 10
#: What Excel bears as the list of a drop-down, in characters; a longer one makes it call the file damaged.
LONGEST_OFFER = 250
#: What Excel would take for a formula when it stands first in a cell.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")

#: What the name of a sheet may not hold, and what no file of this kind can: people paste both.
_NOT_IN_NAMES = re.compile(r"[\\/*?:\[\]]|^'|'$")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_LINE = Side(style="thin", color="999999")
THIN = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
WRAP = Alignment(vertical="center", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, whether it must be filled in, what may be chosen."""

    title: str
    width: int = 16
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: its number in the sheet, the text of its cells by heading, headings of formula cells."""

    number: int
    cells: dict[str, str]
    formulas: tuple[str, ...] = ()


class Unreadable(Refused):
    """The file cannot be taken; the text says why and what to do."""


def write(title: str, columns: Sequence[Column], rows: Iterable[Iterable[object]], *, note: str = "") -> bytes:
    """A workbook: title row, header, frozen above the data, set widths. No cell is ever a formula."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(sheet_name(title))
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    head = 3 if note else 2
    sheet.freeze_panes = f"A{head + 1}"
    last = get_column_letter(len(columns))
    sheet.merged_cells.add(f"A1:{last}1")
    sheet.row_dimensions[1].height = 32
    sheet.append([text_cell(sheet, title, font=Font(size=16, bold=True), alignment=CENTRE)])
    if note:
        sheet.merged_cells.add(f"A2:{last}2")
        sheet.row_dimensions[2].height = 16 * (note.count("\n") + 1) + 4
        sheet.append([text_cell(sheet, note, font=Font(color="666666"), alignment=WRAP)])
    fill = PatternFill("solid", fgColor="F3E3E3")
    sheet.append(
        [
            text_cell(
                sheet,
                column.title + ("*" if column.required else ""),
                font=Font(bold=True),
                alignment=CENTRE,
                border=THIN,
                fill=fill,
            )
            for column in columns
        ]
    )
    for row in rows:
        sheet.append([text_cell(sheet, value, alignment=WRAP, border=THIN) for value in row])
    _offer_choices(sheet, columns, head)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_download(data: bytes, name: str) -> HttpResponse:
    """An answer that the browser saves under a Chinese name."""
    response = HttpResponse(data, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f"attachment; filename=\"table.xlsx\"; filename*=UTF-8''{quote(name)}"
    return response


def read(data: bytes, columns: Sequence[Column]) -> list[Row]:
    """The filled-in rows below the header. Raises Unreadable for what is no table of ours."""
    check_container(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its size need not be true
        rows = sheet.iter_rows(max_col=100)
        header, after = _find_header(rows, columns)
        _refuse_merged(data, sheet._worksheet_path, after)
        return list(_read_rows(rows, header, after))
    except Unreadable:
        raise
    except Exception as error:  # whatever a damaged file makes the reader trip over
        raise Unreadable("文件打不开，可能已损坏。请用 Excel 或 WPS 打开后另存为“.xlsx”，再上传。") from error


def check_size(size: int) -> None:
    """Raises Unreadable for more bytes than a table of ours can have; asked before a file is read, too."""
    if size > MAX_BYTES:
        raise Unreadable(f"文件超过{MAX_BYTES // 1_000_000}MB。请去掉图片等无关内容，或分成几个文件。")


def check_container(data: bytes) -> None:
    """Size, kind and unpacked size of an upload. Raises Unreadable."""
    if not data:
        raise Unreadable("文件是空的，请重新选择。")
    check_size(len(data))
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable("这是旧版“.xls”或加了密码的文件。请打开后另存为不加密码的“.xlsx”，再上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Unreadable("这不是 Excel 表格。请下载模板，填写后上传“.xlsx”文件。") from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unreadable("这不是 Excel 表格。请下载模板，填写后上传“.xlsx”文件。")
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise Unreadable("文件中含有宏，为安全起见不能导入。请另存为不含宏的“.xlsx”，再上传。")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable("文件展开后过大，不能导入。请把内容复制到新下载的模板中，再上传。")


def sheet_name(title: str) -> str:
    """A title as the name of a sheet."""
    return _NOT_IN_NAMES.sub("_", _NOT_IN_XML.sub("", title))[:30]


def text_cell(sheet: Any, value: object, **style: Any) -> Any:
    """A cell of a sheet that is being written; never a formula, whatever it begins with."""
    cell: Any = WriteOnlyCell(sheet)
    if isinstance(value, str):
        value = _NOT_IN_XML.sub("", value)
        cell.value = value if not value.startswith("=") else None
        if value.startswith("="):
            cell._value = value  # set as it is: the setter would make it a formula
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_MARKS)
    else:
        cell.value = value
    for name, setting in style.items():
        setattr(cell, name, setting)
    return cell


def _offer_choices(sheet: Any, columns: Sequence[Column], head: int) -> None:
    """Drop-down lists where a column has few answers."""
    for place, column in enumerate(columns, 1):
        if column.choices and len(",".join(column.choices)) <= LONGEST_OFFER:
            offer = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            offer.errorTitle, offer.error = "请从列表中选择", "、".join(column.choices)
            letter = get_column_letter(place)
            offer.add(f"{letter}{head + 1}:{letter}{head + MAX_ROWS}")
            sheet.data_validations.append(offer)


def _find_header(rows: Iterator[Any], columns: Sequence[Column]) -> tuple[dict[int, str], int]:
    """Which column stands where, and the number of the header's row."""
    titles = {column.title for column in columns}
    required = [column.title for column in columns if column.required]
    best: list[str] = required
    for number, row in enumerate(rows, 1):
        found = {place: text for place, cell in enumerate(row) if (text := _text(cell).rstrip("*")) in titles}
        missing = [title for title in required if title not in found.values()]
        if found and not missing:
            return found, number
        if len(missing) < len(best):
            best = missing
        if number >= HEADER_WITHIN:
            break
    raise Unreadable(f"没有找到表头“{'、'.join(best)}”。请用下载的模板填写，不要改动表头。")


def _refuse_merged(data: bytes, path: str, header: int) -> None:
    """A merged cell gives its value to its first row only; the others would be taken for empty."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        merged = re.findall(rb'<mergeCell [^>]*ref="[A-Z]+([0-9]+):', archive.read(path.lstrip("/")))
    if below := [row for row in map(int, merged) if row > header]:
        raise Unreadable(f"第{min(below)}行有合并的单元格。请取消合并，逐行逐格填写后再上传。")


def _read_rows(rows: Iterator[Any], header: dict[int, str], after: int) -> Iterator[Row]:
    count = 0
    for number, row in enumerate(rows, after + 1):
        cells = {title: _text(row[place]) if place < len(row) else "" for place, title in header.items()}
        if not any(cells.values()):
            continue
        count += 1
        if count > MAX_ROWS:
            raise Unreadable(f"表中超过{MAX_ROWS}行。一份文件最多{MAX_ROWS}行，请分成几份，逐份上传。")
        formulas = tuple(header[place] for place in header if place < len(row) and row[place].data_type == "f")
        yield Row(number, cells, formulas)
    if not count:
        raise Unreadable("表头下面没有内容。请填写后再上传。")


def _text(cell: Any) -> str:
    """What a person sees in the cell, as text; whole numbers without a point, days as ``2024-11-18``."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _NOT_IN_XML.sub("", str(value)).strip()
