"""Units are recognised by their longest name, and not inside another's."""

from __future__ import annotations

import pytest

from bulletins.reading import KnownUnit, UnitMatcher
from bulletins.reading.units import unit_ids

MATCHER = UnitMatcher(
    [
        KnownUnit(1, ("江西师范大学", "江西师大")),
        KnownUnit(2, ("江西科技师范大学",)),
        KnownUnit(3, ("井冈山大学",)),
        KnownUnit(4, ("井冈山大学附属中学",)),
        KnownUnit(5, ("南昌市", "南昌")),
        KnownUnit(6, ("安义县",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("江西科技师范大学与江西师大合作", (2, 1)),
        ("井冈山大学附属中学授牌", (4,)),
        ("井冈山大学专家到井冈山大学附属中学", (3, 4)),
        ("井冈山大学附属幼儿园开园", ()),
        ("江西师范大学附属小学听课", ()),
        ("南昌师范学院开会", ()),
        ("南昌一中听课", ()),
        ("南昌的学校、南昌市的教师", (5,)),
        ("安义县幼儿园展示", (6,)),
        ("", ()),
    ],
)
def test_a_text_names_these_units(text: str, ids: tuple[int, ...]) -> None:
    assert unit_ids(MATCHER.find(text)) == ids


def test_a_mention_knows_where_it_stands() -> None:
    text = "专家到安义县调研"
    (mention,) = MATCHER.find(text)
    assert text[slice(*mention.span)] == mention.name == "安义县"
