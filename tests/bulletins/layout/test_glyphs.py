"""Characters find a face that has them, and crowded marks give way."""

from __future__ import annotations

import pytest

from bulletins.layout import FontSet
from portal.printing.glyphs import missing, set_text


def test_plain_text_needs_no_span(noto: FontSet) -> None:
    assert set_text("11月4日，学校开课。", noto.body, noto) == "11月4日，学校开课。"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("《甲》（乙）", '《甲<span class="tight">》</span>（乙）'),
        ("他说：“好。”", '他说<span class="tight">：</span>“好<span class="tight">。</span>”'),
        ("（“甲”）", '<span class="tight">（</span>“甲<span class="tight">”</span>）'),
        ("甲（乙）", "甲（乙）"),
        ("……甲——乙", "……甲——乙"),
    ],
)
def test_of_two_marks_in_a_row_the_first_gives_up_half_its_room(noto: FontSet, text: str, html: str) -> None:
    assert set_text(text, noto.body, noto) == html


def test_a_character_no_font_has_becomes_a_geta_and_is_named(noto: FontSet) -> None:
    assert set_text("好🎉", noto.body, noto) == '好<span class="gap">〓</span>'
    assert list(missing("好🎉🎉", noto.body, noto)) == ["🎉", "🎉"]


def test_signs_without_a_shape_print_nothing_and_are_not_missed(noto: FontSet) -> None:
    assert set_text("甲\u200b乙\ufe0f丙\ufeff", noto.body, noto) == "甲乙丙"
    assert list(missing("甲\u200b乙\ufe0f", noto.body, noto)) == []


def test_every_blank_becomes_a_plain_one(noto: FontSet) -> None:
    assert set_text("甲\t乙\u00a0丙\n丁", noto.body, noto) == "甲 乙 丙 丁"


def test_markup_is_escaped(noto: FontSet) -> None:
    assert set_text("<b>&\"'", noto.body, noto) == "&lt;b&gt;&amp;&quot;&#x27;"
