"""What the official tables of an assessment say of each score."""

from __future__ import annotations

import pytest

from pilots.services.assessment_tables import grounds

LINE = {"points": "—", "worked_out": "—", "figure": "", "base": "", "growth": "", "spread": ""}


@pytest.mark.parametrize(
    ("way", "line", "said"),
    [
        ("self", {"points": "14", "worked_out": "14"}, "自评14"),
        ("self", {"points": "13", "worked_out": "14"}, "自评14，核定13"),
        ("self", {"points": "9"}, "核定"),
        ("review", {"points": "8.5", "worked_out": "8.5", "spread": "1"}, "专家平均8.5，最高与最低相差1"),
        ("indicator", {"points": "5", "worked_out": "4", "figure": "4"}, "数据4，核定5"),
        ("indicator", {}, ""),
        (
            "indicator",
            {"points": "10", "worked_out": "5", "base": "3", "figure": "4", "growth": "1", "before_objection": "5"},
            "对比时段3，本时段4，增长1，异议成立，5分改为10分",
        ),
        (
            "self",
            {"points": "13", "worked_out": "14", "before_objection": "12"},
            "自评14，核定12，异议成立，12分改为13分",
        ),
    ],
)
def test_the_grounds_of_a_score_and_what_it_was_settled_at(way: str, line: dict[str, str], said: str) -> None:
    assert grounds(LINE | line, {"way": way}) == said
