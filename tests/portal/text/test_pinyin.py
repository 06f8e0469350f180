"""Units are found as their names are spelt on a keyboard."""

from __future__ import annotations

import pytest

from portal.text.pinyin import spellings


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("江西师范大学", "jxsfdx"),
        ("江西师范大学", "jiangxishifandaxue"),
        ("横峰县", "hfx"),
        ("铅山县", "yanshanxian"),
        ("乐平市", "lepingshi"),
        ("第一中学（东校区）", "dyzxdxq"),
        ("实验学校ABC", "syxxabc"),
    ],
)
def test_in_full_and_by_initials(name: str, spelt: str) -> None:
    assert spelt in spellings(name)


def test_another_reading_of_a_character_is_found_as_well() -> None:
    assert {"lepingshi", "yuepingshi"} <= set(spellings("乐平市"))


def test_the_usual_spelling_stands_first() -> None:
    assert spellings("江西师范大学")[:2] == ("jiangxishifandaxue", "jxsfdx")


def test_a_name_of_many_readings_has_few_spellings() -> None:
    assert len(spellings("乐行长重着" * 10)) <= 2 * 4 * 50


@pytest.mark.parametrize("name", ["", "（）", "—"])
def test_a_name_without_letters_has_none(name: str) -> None:
    assert spellings(name) == ()
