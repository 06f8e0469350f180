from __future__ import annotations

from time import process_time

from portal.text.likeness import Shelf, common_passages, likeness, shingles

LONG = (
    "11月5日，青山师范大学的教师走进绿水县的三所村小，带着孩子们用稻草做了一堂美术课。课后教师逐一评课，约定下月再来。"
)
SHORT = "青山师范大学的教师走进绿水县的三所村小，用稻草做了一堂美术课。"
OTHER = "12月1日，白云学院请县里的数学教研员到校，和师范生一起把一份期末试卷从头到尾议了一遍。"


def test_a_shortened_text_is_like_its_long_one_and_unlike_another() -> None:
    assert likeness(shingles(SHORT), shingles(LONG)) > 0.75
    assert likeness(shingles(OTHER), shingles(LONG)) < 0.1


def test_marks_and_blanks_do_not_count() -> None:
    assert shingles("11 月 5 日，备课。") == shingles("11月5日备课")


def test_a_few_words_say_too_little() -> None:
    assert likeness(shingles("开展联合教研"), shingles("开展联合教研")) == 0


def test_a_shelf_finds_the_nearest() -> None:
    shelf = Shelf(map(shingles, (OTHER, LONG, "")))
    number, share = shelf.nearest(shingles(SHORT)) or (0, 0)
    assert number == 1
    assert share > 0.75
    assert Shelf([]).nearest(shingles(SHORT)) is None
    assert Shelf([shingles(SHORT)]).nearest(shingles(SHORT), but=0) is None


def test_common_passages_are_those_that_stand_in_both() -> None:
    found = [SHORT[passage.first : passage.first + passage.length] for passage in common_passages(SHORT, LONG)]
    assert found == ["青山师范大学的教师走进绿水县的三所村小，", "用稻草做了一堂美术课。"]
    for passage in common_passages(SHORT, LONG):
        first = SHORT[passage.first : passage.first + passage.length]
        assert LONG[passage.second : passage.second + passage.length] == first


def test_texts_of_one_character_take_no_long() -> None:
    start = process_time()
    assert common_passages("的" * 100_000, "的" * 100_000)
    assert common_passages("的一" * 50_000, "的二" * 50_000) == ()
    assert process_time() - start < 3
