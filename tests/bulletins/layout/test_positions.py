"""Every printed line of an entry can be hit on its page; what belongs to no entry cannot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bulletins.content import IssueContent
from bulletins.layout import CompiledPdf, FontSet, compile_pdf
from tests.pdf import plain

Lines = Callable[[bytes], list[Any]]
HEIGHT = 841.89  # A4 in points
WIDTH = 595.28


def entries_hit(printed: CompiledPdf, lines: list[Any]) -> dict[str, str]:
    """The text of the printed lines by the entry whose row they stand in; rows of no entry under ''."""
    hit: dict[str, str] = defaultdict(str)
    for line in lines:
        middle = 1 - (line.baseline + 5) / HEIGHT
        rows = printed.positions.get(str(line.page), [])
        keys = [key for key, _, top, _, height in rows if top <= middle < top + height]
        hit[keys[0] if keys else ""] += line.text
    return hit


def test_a_click_on_a_line_hits_its_entry(issue: IssueContent, printed: CompiledPdf, read_lines: Lines) -> None:
    hit = entries_hit(printed, read_lines(printed.pdf))
    for section in issue.sections:
        for entry in section.entries:
            assert plain(hit[entry.key]).strip("★") == plain("".join((entry.lead, *entry.paragraphs)))


def test_masthead_section_heads_page_numbers_and_imprint_hit_nothing(
    issue: IssueContent, printed: CompiledPdf, read_lines: Lines
) -> None:
    nothing = entries_hit(printed, read_lines(printed.pdf))[""]
    for words in (issue.label, "【市县动态】", "—1—", "2031年4月11日印发"):
        assert words in nothing.replace(" ", "")


def test_rows_stand_within_the_type_area_and_in_reading_order(printed: CompiledPdf) -> None:
    for rows in printed.positions.values():
        tops = [top for _, _, top, _, _ in rows]
        assert tops == sorted(tops)
        for _, left, top, width, height in rows:
            assert left * WIDTH >= 79
            assert (left + width) * WIDTH <= 522 + 8  # a squeezed stop hangs half an em over the edge
            assert (top + height) * HEIGHT <= HEIGHT - 98


def test_an_entry_that_runs_over_stands_on_both_pages(issue: IssueContent, printed: CompiledPdf) -> None:
    pages = defaultdict(set)
    for page, rows in printed.positions.items():
        for row in rows:
            pages[row[0]].add(page)
    assert any(len(on) > 1 for on in pages.values())
    assert {key: min(map(int, on)) for key, on in pages.items()} == printed.entry_pages


def test_an_issue_without_entries_has_no_rows(issue: IssueContent, fonts: FontSet) -> None:
    assert compile_pdf(replace(issue, sections=()), fonts=fonts, proof=True).positions == {}
