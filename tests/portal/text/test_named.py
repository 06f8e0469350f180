"""Names in a row."""

from __future__ import annotations

from portal.text.named import named


def test_few_names_stand_in_full() -> None:
    assert named(["峡江县", "新干县"], 2) == "峡江县、新干县"
    assert named([], 2) == ""


def test_of_many_names_the_first_stand_and_how_many_there_are() -> None:
    assert named((f"第{number}小学" for number in (1, 2, 3)), 2, word="所") == "第1小学、第2小学等3所"
