"""Finds are shown as they were written, with the words around them."""

from __future__ import annotations

import pytest

from portal.text.finds import AROUND, BEGINNING, GAP, Piece, excerpt, pieces
from portal.text.wanted import read_query


def marked(shown: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in shown)


def around(text: str, query: str) -> str:
    return marked(excerpt(text, read_query(query).folded))


def test_a_title_is_shown_whole() -> None:
    shown = pieces("開展集體備課，集体备课。", read_query("集体 备课").folded)
    assert marked(shown) == "開展[集體備課]，[集体备课]。"


def test_blanks_inside_a_find_stay_as_written() -> None:
    assert marked(pieces("第 16 期工作动态", ["第16期"])) == "[第 16 期]工作动态"


def test_finds_that_overlap_are_marked_once() -> None:
    assert marked(pieces("联合教研活动", ["联合教研", "教研活动"])) == "[联合教研活动]"


def test_a_long_text_is_shown_around_the_first_find() -> None:
    shown = around("甲" * 200 + "备课" + "乙" * 200, "备课")
    assert shown == f"{GAP}{'甲' * AROUND}[备课]{'乙' * AROUND}{GAP}"


def test_every_word_is_shown_where_it_first_stands() -> None:
    shown = around("走教在前。\n" + "甲" * 300 + "\n集体备课在后。", "备课 走教")
    assert shown == f"[走教]在前。{GAP}集体[备课]在后。"


def test_places_that_touch_are_one() -> None:
    assert around("走教之后集体备课。", "备课 走教") == "[走教]之后集体[备课]。"


def test_where_only_the_title_has_it_the_text_begins() -> None:
    assert around("甲" * 300, "备课") == "甲" * BEGINNING + GAP
    assert around("甲乙。", "备课") == "甲乙。"


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_a_text_without_words_shows_nothing(text: str) -> None:
    assert excerpt(text, ["备课"]) == ()


def test_no_character_of_a_window_is_lost_or_doubled() -> None:
    text = "两校教师集体備課，随后開展聯合教研，第 ⑯ 期。"
    assert "".join(piece.text for piece in pieces(text, read_query("备课 联合 16 两校").folded)) == text
