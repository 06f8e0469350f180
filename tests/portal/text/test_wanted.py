"""What people type into a search field."""

from __future__ import annotations

import pytest

from portal.text.wanted import LONGEST_QUERY, MOST_WORDS, read_query


def words(typed: str) -> list[str]:
    return list(read_query(typed).folded)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("备课", ["备课"]),
        ("課", ["课"]),
        ("南昌　备课", ["南昌", "备课"]),
        ('"协同 提质" 备课', ["协同提质", "备课"]),
        ("“协同 提质”", ["协同提质"]),
        ('说"好"', ['说"好"']),
        ('"没有关上', ['"没有关上']),
        ("备课 备课", ["备课"]),
        ("50%", ["50%"]),
        ("A_B", ["a_b"]),
        ("😀", ["😀"]),
        ("备\x00课", ["备课"]),
        ("备课 ，。", ["备课"]),
    ],
)
def test_words_are_parted_by_blanks_and_kept_together_by_quotation_marks(typed: str, wanted: list[str]) -> None:
    assert words(typed) == wanted


@pytest.mark.parametrize("typed", ["", "   ", "，。！", "%", "_%_", "——", '""', "\x00", "\u200b"])
def test_marks_alone_are_no_word(typed: str) -> None:
    assert words(typed) == []


def test_ten_thousand_characters_are_cut() -> None:
    assert sum(map(len, words("备" * 10_000))) == LONGEST_QUERY
    assert len(words(" ".join("甲乙丙丁戊己庚辛壬癸子丑"))) == MOST_WORDS


def test_one_or_two_characters_are_known_wholly_by_the_index() -> None:
    exact = {word.folded: word.is_exact for word in read_query("课 备课 集体备课 50% 😀").words}
    assert exact == {"课": True, "备课": True, "集体备课": False, "50%": False, "😀": False}
