"""The head of an issue is understood in the forms offices give it."""

from __future__ import annotations

from datetime import date

import pytest

from bulletins.reading import ReadIssue, read_issue
from tests.bulletins.reading.issues import PLAIN

MASTHEAD = "江西省高校与县域基础教育协同提质行动 工作动态"
OFFICE = "省协同提质行动工作领导小组办公室\n\n2025年3月10日"


def with_head(old: str, new: str) -> ReadIssue:
    assert old in PLAIN
    return read_issue(PLAIN.replace(old, new, 1).encode(), filename="a.txt")


@pytest.mark.parametrize(
    "lines",
    [
        "江西省高校与县域基础教育协同提质行动 工作动态",
        "江西省高校与县域基础教育协同提质行动工作动态",
        "江西省高校与县域基础教育协同提质行动\n工作动态",
        "江西省高校与县域基础教育\n协同提质行动\n\n工 作 动 态",
        "**江西省高校与县域基础教育协同提质行动**\u3000**工作动态**",
    ],
)
def test_masthead_and_title_are_parted_on_one_line_or_several(lines: str) -> None:
    content = with_head(MASTHEAD, lines).content
    assert (content.masthead, content.title) == ("江西省高校与县域基础教育协同提质行动", "工作动态")


@pytest.mark.parametrize(
    ("line", "label", "number", "year"),
    [
        ("第 1 6 期", "第16期", 16, None),
        ("第十六期", "第十六期", 16, None),
        ("〔2025〕第 3 期", "〔2025〕第3期", 3, 2025),
        ("2025年第3期", "2025年第3期", 3, 2025),
        ("〔2025〕第3期（总第21期）", "〔2025〕第3期（总第21期）", 3, 2025),
    ],
)
def test_the_number_is_read_in_each_style(line: str, label: str, number: int, year: int | None) -> None:
    issue = with_head("〔2025〕第3期", line)
    assert (issue.content.label, issue.number, issue.year) == (label, number, year)


def test_a_line_above_the_masthead_is_kept_and_told() -> None:
    issue = with_head(MASTHEAD, f"内部资料 注意保存\n{MASTHEAD}")
    assert issue.content.sections[0].entries[0].paragraphs[-1] == "内部资料注意保存"
    assert issue.problems == ("line 2: could not be placed, kept at the end of the first entry: 内部资料注意保存",)


@pytest.mark.parametrize(
    "lines",
    [
        "省协同提质行动工作领导小组办公室    2025年3月10日",
        "2025 年 3 月 10 日\n省协同提质行动工作领导小组办公室",
        "省协同提质行动工作领导小组办公室\n二〇二五年三月十日",
    ],
)
def test_office_and_date_are_read_in_one_line_or_two(lines: str) -> None:
    issue = with_head(OFFICE, lines)
    assert issue.content.office == "省协同提质行动工作领导小组办公室"
    assert issue.content.issue_date == date(2025, 3, 10)
    assert issue.problems == ()


def test_an_office_that_only_the_imprint_names_is_taken_from_there() -> None:
    issue = with_head(OFFICE, "2025年3月10日")
    assert issue.content.office == "省协同提质行动工作领导小组办公室"
    assert "line 22: issuing office taken from the imprint" in issue.notes
