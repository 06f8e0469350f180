"""The circular as a Word file."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from portal.printing.circular import CircularContent, circular_docx

CIRCULAR = CircularContent(
    title="关于2031年4月信息报送和采用情况的通报",
    addressee="各成员单位：",
    paragraphs=("各单位共报送3篇。",),
    head=("单位", "报送", "采用"),
    rows=(("山溪大学", "2", "1"), ("石桥县", "1", "0")),
    office="省携手同行计划办公室",
    day=date(2031, 5, 6),
)


def opened(content: CircularContent) -> Any:
    return Document(io.BytesIO(circular_docx(content)))


def test_it_reads_title_addressee_text_table_office_and_day() -> None:
    document = opened(CIRCULAR)
    assert [paragraph.text for paragraph in document.paragraphs] == [
        CIRCULAR.title,
        "各成员单位：",
        "各单位共报送3篇。",
        "省携手同行计划办公室",
        "2031年5月6日",
    ]
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows == [["序号", "单位", "报送", "采用"], ["1", "山溪大学", "2", "1"], ["2", "石桥县", "1", "0"]]


def test_the_head_of_the_table_stands_on_every_page_and_names_have_room() -> None:
    table = opened(CIRCULAR).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.columns[1].width > table.columns[0].width == Pt(36)


def test_without_figures_there_is_no_table() -> None:
    assert opened(replace(CIRCULAR, rows=())).tables == []


def test_a_column_of_words_has_more_room_than_one_of_figures_and_all_fit_the_page() -> None:
    said = replace(CIRCULAR, head=("内容", "分值", "依据"), rows=(("机制", "10", "专家平均8.5，最高与最低相差1"),))
    _, name, figure, words = (column.width for column in opened(said).tables[0].columns)
    assert words > name > figure >= Pt(40)
    assert sum(column.width for column in opened(said).tables[0].columns) <= Pt(443)
