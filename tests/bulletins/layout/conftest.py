"""An issue in our own words, the fonts to set it in, and a reader of printed lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from bulletins.content import EntryContent, IssueContent, SectionContent
from bulletins.layout import CompiledPdf, FontSet, compile_pdf, find_fonts
from tests.pdf import plain, text_of

ROOT = Path(__file__).parents[3]
LEFT, RIGHT = 79.37, 521.57  # edges of the text in points: 28 mm and 210 - 26 mm
FOOT = 99.2  # lower edge of the text: 35 mm

FIRST = (
    "3月6日至8日，山溪大学组织12名教师走进石桥县，与当地6所小学的语文教师同上一堂课、同评一堂课。"
    "教师们围绕“单元整体教学”展开讨论，就《大自然的语言》（节选）等课文的教法各抒己见；县教师发展中心把"
    "各校的疑难列成清单，请大学的导师逐条回应。活动期间共听课24节，座谈3场，参加教师160余人次。"
)
SECOND = (
    "会后，石桥县把这次活动的课例、教案和点评整理成册，发给全县48所学校使用，并约定每学期至少再来两次。"
    "县教育局负责人说，请进来是为了让自己走得更远，各校要把学到的东西用到每天的课堂上。"
)
THIRD = (
    "4月2日，临湖区第三中学与其结对的两所乡村中学举行学生交流日，三校九年级学生230人共同完成一次水质调查，"
    "从取样、测量到写成报告都由学生自己动手，教师只在旁边指点。"
)


@pytest.fixture(scope="session")
def issue() -> IssueContent:
    """Two pages and a bit: leads, an entry without one, further paragraphs, heads, a name with a rare character."""
    entries = tuple(
        EntryContent(f"石桥县办好第{number}次联合教研。", (FIRST, SECOND), f"joint-{number}") for number in "一二三"
    )
    return IssueContent(
        masthead="东江省高校与县域学校携手同行计划",
        title="工作动态",
        label="〔2031〕第4期",
        office="省携手同行计划办公室",
        issue_date=date(2031, 4, 9),
        sections=(
            SectionContent("省级动态", (EntryContent("", (FIRST,), "opening"),)),
            SectionContent("市县动态", entries),
            SectionContent(
                "他山之石",
                (
                    EntryContent("临湖区让三所中学的学生走到一起。", (THIRD, "（一）做法", SECOND), "lake"),
                    EntryContent("导师李珺玥到校任教。", ("一、缘起", SECOND, FIRST), "mentor"),
                ),
            ),
        ),
        report_to="省携手同行计划领导小组组长、副组长",
        copy_to="各设区市教育局、各成员高校、各试点县（市、区）教育局，省教育厅有关处室和直属单位",
        printed_on=date(2031, 4, 11),
    )


@pytest.fixture(scope="session")
def noto() -> FontSet:
    """What a machine without 仿宋 prints with."""
    return find_fonts()


@pytest.fixture(scope="session", params=["fandol", "noto"])
def fonts(request: pytest.FixtureRequest, noto: FontSet) -> FontSet:
    """Both sets a machine may have; without the fetched fonts the first is Noto as well."""
    return find_fonts(ROOT / "var/fonts") if request.param == "fandol" else noto


@pytest.fixture(scope="session")
def printed(issue: IssueContent, fonts: FontSet) -> CompiledPdf:
    """The sample issue in print, for tests that only look at it."""
    return compile_pdf(issue, fonts=fonts)


@dataclass(frozen=True)
class Line:
    """A printed line: page from 1, edges and baseline in points from the lower left corner, its text."""

    page: int
    left: float
    right: float
    baseline: float
    text: str


def printed_lines(pdf: bytes) -> list[Line]:
    """All lines of a PDF in reading order, blanks left out."""
    lines = []
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document, start=1):
        text = page.get_textpage()
        rows: dict[float, list[tuple[float, float, str]]] = {}
        for index in range(text.count_chars()):
            char = text.get_text_range(index, 1).replace("\ufffe", "-")  # how PDFium tells a - at a line end
            left, bottom, right, _ = text.get_charbox(index, loose=True)
            if char.strip():
                near = next((row for row in rows if abs(row - bottom) < 6), bottom)
                rows.setdefault(near, []).append((left, right, char))
        for bottom, chars in sorted(rows.items(), reverse=True):
            chars.sort()
            lines.append(Line(number, chars[0][0], max(c[1] for c in chars), bottom, "".join(c[2] for c in chars)))
    return lines


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def source_of(issue: IssueContent) -> str:
    """The text an issue should give when printed."""
    parts = [issue.masthead, issue.title, issue.label, issue.office, day(issue.issue_date)]
    for section in issue.sections:
        parts.append(f"【{section.name}】")
        for entry in section.entries:
            parts += [entry.lead, *entry.paragraphs]
    parts += [f"{word}：{text}" for word, text in (("报", issue.report_to), ("送", issue.copy_to)) if text]
    parts.append(issue.office)
    if issue.printed_on:
        parts.append(f"{day(issue.printed_on)}印发")
    return plain("".join(parts))


@pytest.fixture(scope="session")
def read_lines() -> Callable[[bytes], list[Line]]:
    return printed_lines


@pytest.fixture(scope="session")
def read_text() -> Callable[[bytes], str]:
    return text_of


@pytest.fixture(scope="session")
def source() -> Callable[[IssueContent], str]:
    return source_of
