"""The code in the imprint that verifies a printed copy."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdf

from bulletins.content import IssueContent
from bulletins.layout import FontSet, compile_pdf
from portal.printing.code import code_svg

ADDRESS = "https://portal.example.org/verify/Ab3-dEf_gHiJkLmN/"


def test_the_code_is_drawn_in_outlines_with_the_address_to_read_out() -> None:
    drawing = code_svg(ADDRESS, alternative=f"扫码核验：{ADDRESS}")
    assert f"<title>扫码核验：{ADDRESS}</title>" in drawing
    assert "<path" in drawing
    assert "data:" not in drawing


def test_an_alternative_is_escaped() -> None:
    assert "<b>" not in code_svg(ADDRESS, alternative="<b>")


def test_four_empty_modules_lie_around_the_code() -> None:
    drawing = code_svg(ADDRESS, alternative="")
    starts = [tuple(map(int, part.split("h")[0].split())) for part in drawing.split("M")[1:]]
    assert min(left for left, _ in starts) == 4
    assert min(top for _, top in starts) == 4


def test_proof_and_print_break_their_pages_alike(issue: IssueContent, fonts: FontSet) -> None:
    printed = compile_pdf(replace(issue, verify_url=ADDRESS), fonts=fonts)
    proof = compile_pdf(replace(issue, printed_on=None), proof=True, fonts=fonts)
    assert (proof.pages, proof.entry_pages) == (printed.pages, printed.entry_pages)


def test_an_issue_without_a_token_is_printed_as_before(issue: IssueContent, fonts: FontSet) -> None:
    plain = compile_pdf(issue, fonts=fonts)
    assert "svg" not in plain.html.split("<body")[1]


def test_the_code_is_a_figure_with_words_for_who_cannot_see_it(issue: IssueContent, fonts: FontSet) -> None:
    pdf = compile_pdf(replace(issue, verify_url=ADDRESS), fonts=fonts).pdf
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    objects: list[Any] = [
        reader.get_object(number) for number in range(1, len(reader.xref_objStm) + len(reader.xref[0]))
    ]
    told = [one["/Alt"] for one in objects if isinstance(one, dict) and "/Alt" in one]
    assert any(ADDRESS in alternative for alternative in told)


def test_the_code_is_no_part_of_what_was_agreed(issue: IssueContent) -> None:
    assert replace(issue, verify_url=ADDRESS).digest() == issue.digest()
