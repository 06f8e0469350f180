"""The printed issue as a reader, a screen reader and an archivist find it."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest

from bulletins.content import EntryContent, IssueContent, SectionContent
from bulletins.layout import CompiledPdf, FontSet, compile_pdf, find_fonts, missing_characters, render_html

ROOT = Path(__file__).parents[3]
LEFT, RIGHT, FOOT = 79.37, 521.57, 99.2  # edges of the text in points
LINE = 28.99
Lines = Callable[[bytes], list[Any]]
Text = Callable[[bytes], str]
Source = Callable[[IssueContent], str]

ANOTHER_PROCESS = """
import hashlib, json, sys
from pathlib import Path
from bulletins.content import IssueContent
from bulletins.layout import compile_pdf, find_fonts
issue = IssueContent.from_json(json.loads(sys.stdin.read()))
print(hashlib.sha256(compile_pdf(issue, fonts=find_fonts(Path(sys.argv[1]))).pdf).hexdigest())
"""


def outline(pdf: bytes) -> list[Any]:
    return pypdf.PdfReader(io.BytesIO(pdf)).outline


def one_entry(issue: IssueContent, *paragraphs: str, lead: str = "") -> IssueContent:
    return replace(issue, sections=(SectionContent("市县动态", (EntryContent(lead, paragraphs, "only"),)),))


def test_the_text_of_the_pdf_is_the_text_of_the_issue(
    issue: IssueContent, printed: CompiledPdf, read_text: Text, source: Source
) -> None:
    assert read_text(printed.pdf) == source(issue)


def test_the_same_issue_gives_the_same_bytes_in_another_process(issue: IssueContent) -> None:
    here = hashlib.sha256(compile_pdf(issue, fonts=find_fonts(ROOT / "var/fonts")).pdf).hexdigest()
    there = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS, str(ROOT / "var/fonts")],
        input=json.dumps(issue.to_json()),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"},
    ).stdout.strip()
    assert here == there


def test_a_proof_printed_in_between_changes_nothing(issue: IssueContent, fonts: FontSet) -> None:
    before = compile_pdf(issue, fonts=fonts).pdf
    proof = compile_pdf(issue, fonts=fonts, proof=True).pdf
    assert proof != before
    assert compile_pdf(issue, fonts=fonts).pdf == before


def test_the_proof_mark_is_no_text_and_moves_no_line(issue: IssueContent, fonts: FontSet, read_lines: Lines) -> None:
    proof = compile_pdf(issue, fonts=fonts, proof=True)
    assert "校样" not in "".join(line.text for line in read_lines(proof.pdf))
    coded = replace(issue, verify_url="https://portal.example.org/verify/Ab3-dEf_gHiJkLmN/")
    assert read_lines(proof.pdf) == read_lines(compile_pdf(coded, fonts=fonts).pdf)
    pages: list[Any] = list(pypdf.PdfReader(io.BytesIO(proof.pdf)).pages)
    assert all("/XObject" in page["/Resources"] or "/Pattern" in page["/Resources"] for page in pages)


def test_the_file_names_itself_its_office_its_day_and_its_language(printed: CompiledPdf) -> None:
    reader = pypdf.PdfReader(io.BytesIO(printed.pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "东江省高校与县域学校携手同行计划工作动态〔2031〕第4期"
    assert reader.metadata.author == "省携手同行计划办公室"
    assert str(reader.metadata["/CreationDate"]).startswith("D:20310411")
    root: Any = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("zh-CN", True)
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert "/StructTreeRoot" in root


def test_bookmarks_lead_to_sections_and_leads(printed: CompiledPdf) -> None:
    marks = outline(printed.pdf)
    assert [mark.title for mark in marks if not isinstance(mark, list)] == [
        "【省级动态】",
        "【市县动态】",
        "【他山之石】",
    ]
    under_counties = marks[2]
    assert [mark.title for mark in under_counties] == [f"★石桥县办好第{n}次联合教研。" for n in "一二三"]


def test_every_line_of_text_stands_on_the_grid(issue: IssueContent, noto: FontSet, read_lines: Lines) -> None:
    lines = [line for line in read_lines(compile_pdf(issue, fonts=noto).pdf) if line.page == 2 and line.baseline > FOOT]
    assert len(lines) == 22
    steps = [above.baseline - below.baseline for above, below in pairwise(lines)]
    assert steps == pytest.approx([LINE] * 21, abs=0.2)


def test_a_rare_character_in_another_face_leaves_the_grid_alone(
    issue: IssueContent, fonts: FontSet, read_lines: Lines
) -> None:
    words = "教师在课堂上提出问题，学生分组讨论。\n" * 6
    rare = words.replace("问题", "珺玥").replace("分组", "祎赟")
    usual, other = (read_lines(compile_pdf(one_entry(issue, *text.split()), fonts=fonts).pdf) for text in (words, rare))
    # Read from the next line on: a line with Noto in it reports Noto's larger box, not another baseline.
    assert [(line.left, line.right) for line in usual] == [
        (pytest.approx(line.left, abs=0.1), pytest.approx(line.right, abs=0.1)) for line in other
    ]
    assert usual[-1].baseline == pytest.approx(other[-1].baseline)
    assert [line.page for line in usual] == [line.page for line in other]


def test_page_numbers_stand_at_the_outer_edge(printed: CompiledPdf, read_lines: Lines) -> None:
    numbers = [line for line in read_lines(printed.pdf) if line.text.startswith("—")]
    assert [line.text for line in numbers] == [f"—{page}—" for page in range(1, len(numbers) + 1)]
    for line in numbers:
        outer = RIGHT - line.right if line.page % 2 else line.left - LEFT
        assert outer == pytest.approx(14, abs=0.5)


@pytest.mark.parametrize("sentences", range(16, 33))
def test_the_imprint_stands_at_the_foot_and_never_alone(
    issue: IssueContent, noto: FontSet, read_lines: Lines, sentences: int
) -> None:
    printed = compile_pdf(one_entry(issue, "各校交流经验，互相听课，共同提高教学水平。" * sentences), fonts=noto)
    last = [line for line in read_lines(printed.pdf) if line.page == printed.pages and not line.text.startswith("—")]
    imprint = next(index for index, line in enumerate(last) if line.text.startswith("报："))
    assert imprint > 0
    assert last[-1].text.endswith("2031年4月11日印发")
    assert last[-1].baseline == pytest.approx(FOOT + 3, abs=4)


def test_readers_not_named_leave_no_empty_line(issue: IssueContent, fonts: FontSet, read_text: Text) -> None:
    text = read_text(compile_pdf(replace(issue, report_to="", copy_to=" "), fonts=fonts).pdf)
    assert "报：" not in text
    assert "送：" not in text
    assert text.endswith("省携手同行计划办公室2031年4月11日印发")


def faces_of(pdf: bytes, word: str) -> set[str]:
    """Names of the fonts in which text with that word is set on the first page."""
    names = set()

    def note(text: str, matrix: Any, position: Any, font: Any, size: float) -> None:
        if word in text and font:
            names.add(str(font["/BaseFont"]).partition("+")[2])

    pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    return names


def strokes(pdf: bytes) -> bool:
    """Whether any character of the first page is drawn with a stroke (text rendering mode 2)."""
    contents = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].get_contents()
    assert contents is not None
    return b"2 Tr" in contents.get_data()


def test_a_lead_is_bold_and_an_entry_without_one_is_not(issue: IssueContent, fonts: FontSet) -> None:
    with_lead = compile_pdf(one_entry(issue, "全县教师到场。", lead="观摩课开讲。"), fonts=fonts).pdf
    without = compile_pdf(one_entry(issue, "观摩课开讲。全县教师到场。"), fonts=fonts).pdf
    if fonts.body.system:
        assert faces_of(with_lead, "观摩课") == {"Noto-Serif-CJK-SC-Bold"}
        assert not any("Bold" in name for name in faces_of(without, "观摩课"))
    else:
        assert strokes(with_lead)
        assert not strokes(without)


def test_a_long_address_stays_within_the_page(issue: IssueContent, fonts: FontSet, read_lines: Lines) -> None:
    address = "https://example.org/" + "very-long-path" * 30
    lines = read_lines(compile_pdf(one_entry(issue, f"资料见{address}，请下载。"), fonts=fonts).pdf)
    assert max(line.right for line in lines) < RIGHT + 1
    assert address in "".join(line.text for line in lines if not line.text.startswith("—"))


def test_a_long_masthead_and_office_shrink_instead_of_leaving_the_page(
    issue: IssueContent, fonts: FontSet, read_lines: Lines
) -> None:
    long = replace(
        issue,
        masthead="东江省高等学校与县域基础教育学校携手同行共同提高教育教学质量三年行动计划",
        title="工作动态专题增刊",
        office="省高等学校与县域基础教育学校携手同行三年行动计划领导小组办公室",
        label="拟第17期",
    )
    lines = [line for line in read_lines(compile_pdf(long, fonts=fonts).pdf) if line.page == 1][:4]
    assert [line.text for line in lines[:3]] == [long.masthead, long.title, "拟第17期"]
    assert lines[3].text == f"{long.office}2031年4月9日"
    assert min(line.left for line in lines) > LEFT - 1
    assert max(line.right for line in lines) < RIGHT + 1


def test_an_issue_without_sections_says_so_in_a_proof_only(
    issue: IssueContent, fonts: FontSet, read_text: Text
) -> None:
    empty = replace(issue, sections=())
    assert "（本期暂无内容）" in read_text(compile_pdf(empty, fonts=fonts, proof=True).pdf)
    printed = read_text(compile_pdf(empty, fonts=fonts).pdf)
    assert "（本期暂无内容）" not in printed
    assert printed.startswith("东江省高校与县域学校携手同行计划工作动态")
    assert "报：" in printed


def test_a_character_no_font_has_is_named_and_prints_as_geta(
    issue: IssueContent, fonts: FontSet, read_text: Text, caplog: pytest.LogCaptureFixture
) -> None:
    party = one_entry(issue, "孩子们很开心🎉，教师也很开心🎉👨‍👩‍👧。")
    assert missing_characters(party, fonts) == ["🎉", "👨", "👩", "👧"]
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        text = read_text(compile_pdf(party, fonts=fonts).pdf)
    assert "孩子们很开心〓，教师也很开心〓〓〓〓。" in text
    assert not caplog.records


def test_common_text_misses_no_character(issue: IssueContent, fonts: FontSet) -> None:
    assert missing_characters(issue, fonts) == []


def test_radicals_and_dots_that_look_alike_keep_their_identity(
    issue: IssueContent, fonts: FontSet, read_text: Text
) -> None:
    words = "工作与⼯作，间隔·圆点•中点・并存。"
    assert words in read_text(compile_pdf(one_entry(issue, words), fonts=fonts).pdf)


def test_markup_in_a_report_is_printed_not_obeyed(issue: IssueContent, fonts: FontSet, read_text: Text) -> None:
    words = '<img src="file:///etc/passwd"><style>p{display:none}</style>&amp;</body>'
    printed = compile_pdf(one_entry(replace(issue, office="办<b>公</b>室"), words), fonts=fonts)
    assert words.replace(" ", "") in read_text(printed.pdf)
    assert "<img" not in printed.html


def test_entries_know_the_page_they_start_on(issue: IssueContent, printed: CompiledPdf) -> None:
    keys = [entry.key for section in issue.sections for entry in section.entries]
    assert list(printed.entry_pages) == keys
    assert printed.entry_pages["opening"] == 1
    assert sorted(printed.entry_pages.values()) == list(printed.entry_pages.values())
    assert printed.entry_pages["mentor"] <= printed.pages


def test_entries_without_a_key_are_counted(issue: IssueContent, fonts: FontSet) -> None:
    nameless = replace(
        issue, sections=(SectionContent("市县动态", (EntryContent("", ("甲。",)), EntryContent("", ("乙。",)))),)
    )
    assert compile_pdf(nameless, fonts=fonts).entry_pages == {"entry-1": 1, "entry-2": 1}


def test_the_html_is_the_document_the_pdf_was_printed_from(
    issue: IssueContent, fonts: FontSet, printed: CompiledPdf
) -> None:
    html = render_html(issue, fonts=fonts)
    assert html.startswith('<!DOCTYPE html><html lang="zh-CN"')
    assert html == printed.html
    assert "http" not in html
