"""The map's places and shades, as plain data."""

from __future__ import annotations

from decimal import Decimal

from alliances.models.partnership import ARRANGEMENT
from alliances.picture import Scale, places_of, wrongly_drawn

NAMES = [
    f"{name}市" for name in ("南昌", "九江", "景德镇", "萍乡", "新余", "鹰潭", "赣州", "宜春", "上饶", "吉安", "抚州")
]


def test_the_shipped_drawing_places_all_eleven_prefectures_three_abreast() -> None:
    rows = places_of(ARRANGEMENT, NAMES)
    assert sorted(name for row in rows for name in row if name) == sorted(NAMES)
    assert {len(row) for row in rows} == {3}
    assert wrongly_drawn(ARRANGEMENT, NAMES) == []


def test_the_north_lies_above_the_south() -> None:
    rows = [[name for name in row if name] for row in places_of(ARRANGEMENT, NAMES)]
    assert "九江市" in rows[0]
    assert rows[-1] == ["赣州市"]


def test_a_prefecture_that_the_drawing_forgets_stands_below_it() -> None:
    assert places_of("九江市 ·", ["九江市", "赣州市", "吉安市"]) == [["九江市", None], ["赣州市", "吉安市"]]


def test_without_a_drawing_the_prefectures_stand_in_their_official_order() -> None:
    assert places_of("", NAMES[:4]) == [NAMES[:3], [NAMES[3], None, None]]


def test_a_strange_name_and_a_name_drawn_twice_are_told() -> None:
    assert wrongly_drawn("九江市 · 九江\n九江市", ["九江市"]) == [
        "“九江”不是已登记的设区市。",
        "“九江市”写了不止一次。",
    ]


def test_every_figure_lies_in_the_step_that_the_legend_names() -> None:
    scale = Scale(dict(enumerate([0, 1, 3, 7, 10])))
    assert [shade.words for shade in scale.legend()] == ["0", "1—3", "4—5", "6—8", "9—10"]
    assert [scale.shade(figure) for figure in (0, 1, 3, 4, 5, 6, 8, 9, 10)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_few_small_figures_have_few_steps() -> None:
    assert [shade.words for shade in Scale({1: 0, 2: 2}).legend()] == ["0", "1", "2"]
    assert [shade.words for shade in Scale({1: 0}).legend()] == ["0"]


def test_ratios_have_steps_with_one_decimal() -> None:
    scale = Scale({1: Decimal("50"), 2: Decimal("100")})
    assert scale.legend()[1].words == "大于0.0，至25.0"
    assert (scale.shade(Decimal("25")), scale.shade(Decimal("25.5"))) == (1, 2)
