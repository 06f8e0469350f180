"""A kind's own columns: what must be filled in, what may stand there."""

from __future__ import annotations

import pytest

from pilots.outputs import LONGEST_VALUE, OwnField, checked

COLUMNS = [
    OwnField("places", "每期可接纳人数", required=True, number=True),
    OwnField("seed", "培养类别", choices=("种子教师", "名师")),
    OwnField("theme", "教研主题"),
]


def test_what_is_filled_in_is_kept_and_numbers_are_numbers() -> None:
    kept, wrong = checked(COLUMNS, {"places": " 30 ", "seed": "种子教师", "theme": "", "unknown": "x"})
    assert (kept, wrong) == ({"places": 30, "seed": "种子教师"}, {})


@pytest.mark.parametrize(
    ("values", "column", "sentence"),
    [
        ({}, "places", "请填写每期可接纳人数。"),
        ({"places": "三十"}, "places", "每期可接纳人数请填写1至100000之间的整数。"),
        ({"places": "0"}, "places", "每期可接纳人数请填写1至100000之间的整数。"),
        ({"places": "9" * 30}, "places", "每期可接纳人数请填写1至100000之间的整数。"),
        ({"places": 1, "seed": "明星"}, "seed", "培养类别请从“种子教师、名师”中选择。"),
        ({"places": 1, "theme": "长" * (LONGEST_VALUE + 1)}, "theme", "教研主题超过200字，请缩短。"),
        ({"places": 1, "theme": "\x00x"}, "theme", "教研主题中有无法识别的字符，请重新输入。"),
    ],
)
def test_what_is_wrong_is_said_beside_its_column(values: dict[str, object], column: str, sentence: str) -> None:
    assert checked(COLUMNS, values)[1] == {column: sentence}
