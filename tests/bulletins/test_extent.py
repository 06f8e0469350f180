"""Pages reckoned from characters are near what printing makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bulletins.content import EntryContent, IssueContent, SectionContent
from bulletins.extent import estimated_pages
from bulletins.layout import compile_pdf
from bulletins.reading import read_issue

SEEDS = Path(__file__).parents[2] / "../shared/seeds"
SENTENCE = "山溪大学与石桥县12所学校的教师一起备课、上课、评课，并把课例整理成册发给全县使用。"


def issue(entries: int, paragraphs: int = 2) -> IssueContent:
    entry = EntryContent("石桥县办好联合教研。", (SENTENCE * 4,) * paragraphs)
    sections = (SectionContent("市县动态", (entry,) * entries),) if entries else ()
    return IssueContent(
        masthead="东江省携手同行计划",
        title="工作动态",
        label="拟第4期",
        office="省计划办公室",
        issue_date=date(2031, 4, 9),
        sections=sections,
        report_to="省领导",
        copy_to="各设区市",
    )


def test_an_empty_issue_is_one_page() -> None:
    assert estimated_pages(issue(0)) == 1


def test_more_text_never_makes_fewer_pages() -> None:
    pages = [estimated_pages(issue(entries)) for entries in range(0, 60, 5)]
    assert pages == sorted(pages)
    assert pages[-1] > 20


def test_figures_take_half_the_room_of_characters() -> None:
    wide, narrow = (
        replace(issue(0), sections=(SectionContent("省级动态", (EntryContent("", (text * 1000,)),)),)) for text in "字1"
    )
    assert estimated_pages(wide) > estimated_pages(narrow) + 0.5


@pytest.mark.parametrize("entries", [1, 9])
def test_the_estimate_is_right_to_a_page(entries: int) -> None:
    content = issue(entries)
    assert abs(estimated_pages(content) - compile_pdf(content, proof=True).pages) <= 1


def test_the_published_issues_are_reckoned_right_to_a_page() -> None:
    for path in sorted(SEEDS.glob("00[01]*.txt")):
        content = read_issue(path.read_bytes(), filename=path.name).content
        assert abs(estimated_pages(content) - compile_pdf(content, proof=True).pages) <= 1, path.name
