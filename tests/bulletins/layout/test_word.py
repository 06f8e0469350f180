"""The issue as an editable Word file: what it says, how it looks, and that other programs can open it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bulletins.content import EntryContent, IssueContent, SectionContent
from bulletins.layout import issue_docx
from bulletins.reading import read_issue
from portal.printing.word_styles import ORDER, RUN_ORDER
from tests.bulletins.reading.issues import SEEDS


def opened(issue: IssueContent) -> Any:
    return Document(io.BytesIO(issue_docx(issue)))


def paragraph_of(document: Any, style: str) -> Any:
    return next(paragraph for paragraph in document.paragraphs if paragraph.style.name == style)


def test_what_is_read_back_from_the_file_is_the_issue() -> None:
    issue = IssueContent(
        masthead="东江省高校与县域学校携手同行行动",
        title="工作动态",
        label="第8期",
        office="省携手同行办公室",
        issue_date=date(2031, 4, 9),
        sections=(
            SectionContent("省级动态", (EntryContent("", ("4月2日，全省会议召开，各县到会。",), "entry-1"),)),
            SectionContent(
                "市县动态",
                (
                    EntryContent(
                        "石桥县办好联合教研。", ("3月6日，12名教师同上一堂课。", "会后整理成册，发给各校。"), "entry-2"
                    ),
                    EntryContent("临湖区举行学生交流日。", ("三校学生230人参加“水质调查”。",), "entry-3"),
                ),
            ),
        ),
        report_to="领导小组组长、副组长",
        copy_to="各设区市教育局、各成员高校",
        printed_on=date(2031, 4, 11),
    )
    read = read_issue(issue_docx(issue), filename="第8期.docx")
    assert read.content == issue
    assert not read.problems


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the published issues are not beside this checkout")
@pytest.mark.parametrize("name", ["000*.txt", "001*.txt"])
def test_a_published_issue_comes_back_word_for_word(name: str) -> None:
    source = next(SEEDS.glob(name))
    issue = read_issue(source.read_bytes(), filename=source.name).content
    assert read_issue(issue_docx(issue), filename="issue.docx").content == issue


def test_the_page_is_the_official_one(issue: IssueContent) -> None:
    section = opened(issue).sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert abs(section.page_width - Mm(210)) < Pt(1)


def test_lines_stand_28_points_apart_in_fang_song(issue: IssueContent) -> None:
    style = paragraph_of(opened(issue), "条目").style
    assert style.paragraph_format.line_spacing == Pt(28)
    assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_an_office_finds_the_styles_by_their_chinese_names(issue: IssueContent) -> None:
    names = {style.name for style in opened(issue).styles}
    assert {"报头", "刊名", "期号", "编印单位和日期", "栏目", "条目", "导语", "公文正文", "版记", "页码"} <= names


def test_a_font_that_is_missing_has_a_named_substitute(issue: IssueContent) -> None:
    with zipfile.ZipFile(io.BytesIO(issue_docx(issue))) as archive:
        fonts = archive.read("word/fontTable.xml").decode()
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋,' in fonts


def test_the_masthead_is_red_above_a_red_rule(issue: IssueContent) -> None:
    document = opened(issue)
    assert str(paragraph_of(document, "刊名").style.font.color.rgb) == "E60012"
    rule = paragraph_of(document, "编印单位和日期").style.element.pPr.find(f"{qn('w:pBdr')}/{qn('w:bottom')}")
    assert rule.get(qn("w:color")) == "E60012"


def test_leads_are_bold_and_a_star_without_one_is_not(issue: IssueContent) -> None:
    items = [paragraph for paragraph in opened(issue).paragraphs if paragraph.style.name == "条目"]
    assert not items[0].runs[0].bold
    assert items[1].runs[0].bold
    assert items[1].runs[0].text == "★石桥县办好第一次联合教研。"


def test_heads_inside_an_entry_have_styles_of_their_own(issue: IssueContent) -> None:
    entry = EntryContent("各校各有做法。", ("先看两例。", "一、缘起", "石桥县先行。", "（一）做法", "分三步走。"))
    document = opened(replace(issue, sections=(SectionContent("市县动态", (entry,)),)))
    assert paragraph_of(document, "条内一级标题").text == "一、缘起"
    assert paragraph_of(document, "条内二级标题").text == "（一）做法"


def test_pages_are_numbered_at_the_outer_edge(issue: IssueContent) -> None:
    document = opened(issue)
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, edge in ((section.footer, 2), (section.even_page_footer, 0)):
        assert footer.paragraphs[0].text == "—  —"
        assert "PAGE" in footer.paragraphs[0]._p.xml
        assert footer.paragraphs[0].alignment == edge


def test_the_imprint_stands_in_a_box_at_the_foot(issue: IssueContent) -> None:
    box = opened(issue).element.body.find(f".//{qn('w:txbxContent')}")
    lines = ["".join(text.text for text in row.iter(qn("w:t"))) for row in box.iter(qn("w:p"))]
    assert [line[:2] for line in lines if line] == ["报：", "送：", "省携"]
    assert lines[-2].endswith("2031年4月11日印发")


def test_a_draft_leaves_the_day_of_printing_to_be_written(issue: IssueContent) -> None:
    draft = replace(issue, label="拟第5期", printed_on=None, report_to="", copy_to="")
    body = opened(draft).element.body.xml
    assert "拟第5期" in body
    assert "年　月　日印发" in body


def test_an_empty_issue_is_a_file_too(issue: IssueContent) -> None:
    assert paragraph_of(opened(replace(issue, sections=())), "刊名").text == "工作动态"


def test_the_code_of_the_final_file_is_not_in_a_file_made_to_be_changed(issue: IssueContent) -> None:
    assert "verify" not in opened(replace(issue, verify_url="https://portal.example.org/verify/x/")).element.body.xml


def test_characters_that_no_file_can_hold_do_no_harm(issue: IssueContent) -> None:
    entry = EntryContent("导\x00语。", ("一\x0b段\ufffe",))
    odd = replace(issue, sections=(SectionContent("市县动态", (entry,)),))
    assert paragraph_of(opened(odd), "条目").text == "★导语。一段"


def test_a_long_masthead_is_set_smaller(issue: IssueContent) -> None:
    document = opened(replace(issue, masthead="很长的行动名称" * 6))
    assert paragraph_of(document, "报头").runs[0].font.size < Pt(22)


def test_properties_stand_in_the_order_word_insists_on(issue: IssueContent) -> None:
    document = opened(issue)
    for root in (document.element, document.styles.element):
        for tag, order in (("w:pPr", ORDER), ("w:rPr", RUN_ORDER)):
            for properties in root.iter(qn(tag)):
                names = [child.tag.rpartition("}")[2] for child in properties]
                known = [order.index(name) for name in names if name in order]
                assert known == sorted(known), names


def test_the_same_issue_gives_the_same_words_and_properties(issue: IssueContent) -> None:
    first, second = opened(issue), opened(issue)
    assert first.element.xml == second.element.xml
    assert first.core_properties.created == second.core_properties.created
