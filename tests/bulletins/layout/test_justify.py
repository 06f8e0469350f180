"""Lines end flush at the right edge; numbers and words are never pulled apart."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from weasyprint import draw
from weasyprint.layout import inline
from weasyprint.text import line_break

from bulletins.content import IssueContent
from bulletins.layout import CompiledPdf, FontSet, compile_pdf, embolden
from portal.printing import justify

LEFT, RIGHT, FOOT = 79.37, 521.57, 99.2  # edges of the text in points
HALF_EM = 8.0
Lines = Callable[[bytes], list[Any]]


def long_lines(lines: list[Any]) -> list[Any]:
    """Lines that go on in the next one: the next starts at the left edge and is no head."""
    body = [line for line in lines if line.baseline > FOOT and line.text[0] not in "—报送"]
    return [
        line
        for line, following in pairwise(body)
        if following.left < LEFT + 2 and not following.text.startswith("【") and not line.text.startswith("【")
    ]


def flush(line: Any) -> bool:
    """A line ends at the edge; the empty half of a stop may stand beyond it (标点挤压)."""
    room = HALF_EM + 1 if line.text[-1] in justify.STOPS else 1
    over: float = line.right - RIGHT
    return -1 < over < room


def test_nearly_all_long_lines_end_flush(printed: CompiledPdf, read_lines: Lines) -> None:
    lines = long_lines(read_lines(printed.pdf))
    assert len(lines) > 30
    assert sum(map(flush, lines)) / len(lines) >= 0.95


def test_without_it_many_lines_would_end_ragged(
    issue: IssueContent, fonts: FontSet, read_lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(justify, "can_justify", lambda: False)
    lines = long_lines(read_lines(compile_pdf(issue, fonts=fonts).pdf))
    assert sum(map(flush, lines)) / len(lines) < 0.9


def test_it_is_in_force_only_while_we_print(issue: IssueContent, fonts: FontSet) -> None:
    before = (line_break.Layout.set_text, inline.justify_line, inline.text_align, inline.split_first_line)
    with justify.chinese_justification() as in_force:
        assert in_force
        assert inline.justify_line is not before[1]
    compile_pdf(issue, fonts=fonts)
    assert (line_break.Layout.set_text, inline.justify_line, inline.text_align, inline.split_first_line) == before


def test_changed_internals_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def justify_line(line: object) -> None:
        """What another version might have."""

    monkeypatch.setattr(inline, "justify_line", justify_line)
    justify.can_justify.cache_clear()
    try:
        assert not justify.can_justify()
        with justify.chinese_justification() as in_force:
            assert not in_force
            assert inline.justify_line is justify_line
    finally:
        justify.can_justify.cache_clear()


def test_changed_drawing_turns_leads_to_the_face_of_heads(
    issue: IssueContent, fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw, "draw_text", lambda stream, box: None)
    embolden.can_embolden.cache_clear()
    try:
        with embolden.stroked_text() as in_force:
            assert not in_force
    finally:
        embolden.can_embolden.cache_clear()


@pytest.mark.parametrize(("text", "gaps"), [("共计120人", 3), ("50.5%", 0), ("用AI教学，", 4), ("2024-2035年", 1)])
def test_numbers_and_words_have_no_gap_to_stretch(text: str, gaps: int) -> None:
    assert justify._gaps(text) == gaps
