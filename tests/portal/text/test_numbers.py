"""Chinese numerals and figures are one number."""

from __future__ import annotations

import pytest

from portal.text.numbers import numeral, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十七", 17), ("两", 2), ("二十", 20), ("一百零五", 105), ("两千三百", 2300), ("二〇二四", 2024),
        ("１７", 17), ("1,200", 1200), ("1.2万", 12000), ("三万五千", 35000), ("百", 100),
    ],
)  # fmt: skip
def test_a_number_is_read(text: str, value: int) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["", "多", "十个", "1.23百5", "1.234百"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        read_number(text)


def test_heads_are_numbered_as_officials_do() -> None:
    assert [numeral(number) for number in (1, 9, 10, 11, 20, 32)] == ["一", "九", "十", "十一", "二十", "三十二"]
