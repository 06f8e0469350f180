"""The two published issues print as they were written; without them an issue of ours stands in."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bulletins.content import IssueContent
from bulletins.layout import FontSet, compile_pdf, missing_characters
from bulletins.reading import read_issue
from portal.printing.justify import STOPS

SEEDS = Path(__file__).parents[3] / "../shared/seeds"
LEFT, RIGHT, FOOT = 79.37, 521.57, 99.2  # edges of the text in points


@pytest.fixture(params=["000", "001"])
def real(request: pytest.FixtureRequest, issue: IssueContent) -> IssueContent:
    """A published issue, or ours where the folder with them is absent."""
    for path in sorted(SEEDS.glob(f"{request.param}*.txt")):
        content: IssueContent = read_issue(path.read_bytes(), filename=path.name).content
        return content
    return issue


def test_the_printed_text_is_the_written_text(
    real: IssueContent, fonts: FontSet, read_text: Callable[[bytes], str], source: Callable[[IssueContent], str]
) -> None:
    assert missing_characters(real, fonts) == []
    assert read_text(compile_pdf(real, fonts=fonts).pdf) == source(real)


def test_long_lines_end_flush(real: IssueContent, fonts: FontSet, read_lines: Callable[[bytes], list[Any]]) -> None:
    body = [line for line in read_lines(compile_pdf(real, fonts=fonts).pdf) if line.baseline > FOOT]
    pairs = [
        (line.right - RIGHT, line.text[-1])
        for line, following in pairwise(body)
        if following.left < LEFT + 2 and "【" not in (following.text[0], line.text[0]) and line.text[0] != "—"
    ]
    flush = [-1 < over < (9 if last in STOPS else 1) for over, last in pairs]
    assert len(flush) > 30
    assert sum(flush) / len(flush) >= 0.95
