"""All ways of writing the same characters are one when something is looked for."""

from __future__ import annotations

import pytest

from portal.text.folding import fold, fold_with_origins, grams, word_grams


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("協同提質", "协同提质"),
        ("城鄉教育共同體", "城乡教育共同体"),
        ("ＡＢc１６", "abc16"),
        ("第 16　期", "第16期"),
        ("2024 年\t11 月", "2024年11月"),
        ("㈠①", "(一)1"),
        ("零\u200b宽\ufeff字符", "零宽字符"),
        ("一行\n另一行", "一行\n另一行"),
        ("", ""),
    ],
)
def test_written_in_many_ways_and_folded_into_one(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_each_folded_character_knows_where_it_came_from() -> None:
    text = "第 ⑯ 期協同"
    folded, origins = fold_with_origins(text)
    assert folded == "第16期协同"
    assert [text[at] for at in origins] == ["第", "⑯", "⑯", "期", "協", "同"]


def test_an_index_knows_every_character_and_every_pair_of_neighbours() -> None:
    known = grams("联合教研")
    for word in ("联", "研", "联合", "合教", "教研", "联合教研"):
        assert word_grams(word) <= known, word
    for word in ("联教", "研教", "备"):
        assert not word_grams(word) <= known, word


def test_marks_and_line_ends_part_words() -> None:
    known = grams("教研。培训\n座谈")
    assert not word_grams("研培") <= known
    assert not word_grams("训座") <= known


def test_a_pair_is_never_taken_for_a_single_character() -> None:
    assert not word_grams("教") & word_grams("教研")


def test_all_numbers_fit_the_databases_integers() -> None:
    assert all(-(2**31) <= number < 2**31 for number in grams("一龥𠮷😀az09㊣"))
