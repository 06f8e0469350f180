"""A place is taken only from words that name one."""

from __future__ import annotations

import pytest

from bulletins.reading import KnownUnit, UnitMatcher
from bulletins.reading.places import find_place

MATCHER = UnitMatcher([KnownUnit(1, ("青石县", "青石")), KnownUnit(2, ("某某科技有限公司",))])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("专家前往青石县第二小学开展教研", "青石县第二小学"),
        ("专家到清溪镇就办学需求座谈", "清溪镇"),
        ("会议在县教育体育局举行。", "县教育体育局"),
        ("教师赴甲小学、乙小学听课，", ""),
        ("教师赴甲小学、乙小学参观", "甲小学、乙小学"),
        ("一行走进某某科技有限公司参观", "某某科技有限公司"),
        ("在新学期到来之际，大家座谈", ""),
        ("在培训班上作报告", ""),
        ("旨在提高质量，感受到学校变化", ""),
        ("学校召开总结会", ""),
    ],
)
def test_a_place_is_found_or_left_empty(text: str, place: str) -> None:
    assert find_place(text, MATCHER) == place
