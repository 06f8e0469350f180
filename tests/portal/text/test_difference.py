"""What was changed between two texts, as the desk reads it."""

from __future__ import annotations

import pytest

from portal.text.difference import Piece, difference


def test_equal_texts_are_one_piece() -> None:
    assert difference("甲，乙。", "甲，乙。") == [Piece("same", "甲，乙。")]


def test_inside_a_clause_only_the_changed_characters_are_marked() -> None:
    assert difference("共有三十人参加，很好。", "共有五十人参加，很好。") == [
        Piece("same", "共有"),
        Piece("gone", "三"),
        Piece("new", "五"),
        Piece("same", "十人参加，很好。"),
    ]


def test_a_clause_that_was_written_anew_is_replaced_whole() -> None:
    assert difference("甲乙丙丁。", "子丑寅卯！") == [Piece("gone", "甲乙丙丁。"), Piece("new", "子丑寅卯！")]


@pytest.mark.parametrize(("before", "after"), [("", "新。"), ("旧，文。", ""), ("甲，乙，丙。", "甲，丙，丁。")])
def test_both_texts_can_be_read_off_the_pieces(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
