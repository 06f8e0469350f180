"""Excel out and in: the layout, cells that never become formulas, and a sentence for every bad file."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from portal.exchange import workbook
from portal.exchange.workbook import Column, Unreadable, read, write
from tests.portal.exchange.tables import table

COLUMNS = (Column("名称", 30, required=True), Column("数量", 10), Column("是否", 8, choices=("是", "否")))
HEADINGS = ["名称", "数量", "是否"]


def sheet_of(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data)).active


def test_a_table_has_a_title_a_frozen_header_and_its_widths() -> None:
    sheet = sheet_of(write("单位一览表", COLUMNS, [["甲", 1, "是"]]))
    assert sheet["A1"].value == "单位一览表"
    assert [cell.value for cell in sheet[2]] == ["名称*", "数量", "是否"]
    assert [cell.value for cell in sheet[3]] == ["甲", 1, "是"]
    assert sheet.freeze_panes == "A3"
    assert sheet.column_dimensions["A"].width == 30
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:C1"]


def test_a_choice_is_offered_below_the_header() -> None:
    sheet = sheet_of(write("单位", COLUMNS, (), note="说明"))
    (offer,) = sheet.data_validations.dataValidation
    assert offer.formula1 == '"是,否"'
    assert str(offer.sqref).startswith("C4:C")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-3", "@cmd", '=HYPERLINK("http://example.org")', "\t=1"])
def test_what_looks_like_a_formula_stays_text(text: str) -> None:
    cell = sheet_of(write("单位", COLUMNS, [[text, 1, ""]]))["A3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize("topic", ["国庆/中秋活动", "[急]谁去送教？*?:\\", "'引'"])
def test_a_table_is_named_after_anything(topic: str) -> None:
    sheet = sheet_of(write(topic, COLUMNS, ()))
    assert sheet["A1"].value == topic


def test_what_no_table_can_hold_is_left_out() -> None:
    sheet = sheet_of(write("单\x0c位", COLUMNS, [["教研\x0b活动\x1f\ufffe", 1, ""]], note="说\x01明"))
    assert (sheet["A1"].value, sheet["A4"].value) == ("单位", "教研活动")


def test_rows_are_read_below_the_header_wherever_it_stands() -> None:
    data = table("", ["甲", 3, "是"], ["", None, ""], ["乙", 2.0, True], columns=["名称*", "备注", "是否"])
    rows = read(data, COLUMNS)
    assert [(row.number, row.cells) for row in rows] == [
        (4, {"名称": "甲", "是否": "是"}),
        (6, {"名称": "乙", "是否": "是"}),
    ]


def test_days_and_whole_numbers_are_read_as_people_see_them() -> None:
    data = table("", [datetime(2024, 9, 1, 8, 0), 7.0, None], [date(2024, 9, 2), 12, None], columns=HEADINGS)
    assert [row.cells["名称"] for row in read(data, COLUMNS)] == ["2024-09-01", "2024-09-02"]
    assert [row.cells["数量"] for row in read(data, COLUMNS)] == ["7", "12"]


def test_formula_cells_are_told() -> None:
    rows = read(table("", ["=A1", 1, "是"], columns=HEADINGS), COLUMNS)
    assert rows[0].formulas == ("名称",)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(Unreadable, match="没有找到表头“名称”"):
        read(table("", ["甲"], columns=["单位"]), COLUMNS)


def test_an_empty_table_is_told_from_a_filled_one() -> None:
    with pytest.raises(Unreadable, match="没有内容"):
        read(table("", columns=HEADINGS), COLUMNS)


def test_more_rows_than_any_list_of_ours_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 20)
    assert len(read(table("", *[["甲", 1]] * 20, columns=HEADINGS), COLUMNS)) == 20
    with pytest.raises(Unreadable, match="一份文件最多20行，请分成几份"):
        read(table("", *[["甲", 1]] * 21, columns=HEADINGS), COLUMNS)


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "空的"),
        (b"name,unit\n", "不是 Excel"),
        (b"PK\x03\x04broken", "不是 Excel"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "xls"),
        (zipped(word__document=b"x"), "不是 Excel"),
        (b"\0" * (workbook.MAX_BYTES + 1), "超过10MB"),
        (zipped(**{"xl__workbook.xml": b"<broken"}), "打不开"),
    ],
    ids=["empty", "csv", "torn", "old", "word", "big", "broken"],
)
def test_what_is_no_table_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read(data, COLUMNS)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped(**{"xl__workbook.xml": b"x", "xl__worksheets__sheet1.xml": b"\0" * (workbook.MAX_UNPACKED + 1)})
    assert len(bomb) < workbook.MAX_BYTES
    with pytest.raises(Unreadable, match="展开后过大"):
        read(bomb, COLUMNS)


def test_entities_that_grow_are_refused() -> None:
    book = Workbook()
    target = io.BytesIO()
    book.save(target)
    with zipfile.ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    laughs = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    parts["xl/worksheets/sheet1.xml"] = laughs + parts["xl/worksheets/sheet1.xml"]
    with pytest.raises(Unreadable, match="打不开"):
        read(zipped(**{name.replace("/", "__"): content for name, content in parts.items()}), COLUMNS)


def test_merged_cells_below_the_header_are_told_by_their_row() -> None:
    book = load_workbook(io.BytesIO(write("单位", COLUMNS, [["甲", 1, "是"], ["", 2, "否"]], note="说明")))
    sheet: Any = book.active
    sheet.merge_cells("A4:A5")
    target = io.BytesIO()
    book.save(target)
    with pytest.raises(Unreadable, match="第4行有合并的单元格"):
        read(target.getvalue(), COLUMNS)


def test_a_file_with_macros_is_refused() -> None:
    target = io.BytesIO(write("单位", COLUMNS, [["甲", 1, "是"]]))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub")
    with pytest.raises(Unreadable, match="含有宏"):
        read(target.getvalue(), COLUMNS)


def test_twenty_thousand_rows_are_read() -> None:
    data = table("units", *(["甲", number, "是"] for number in range(20_000)), columns=HEADINGS)
    rows = read(data, COLUMNS)
    assert (len(rows), rows[-1].cells["数量"]) == (20_000, "19999")


def test_more_choices_than_a_list_in_a_cell_bears_are_left_to_the_notes() -> None:
    many = tuple(f"第{number}种活动类型" for number in range(60))
    sheet = sheet_of(write("活动", (Column("类型", choices=many),), ()))
    assert not sheet.data_validations.dataValidation
