"""What a case consists of, and how experts' points add up."""

from __future__ import annotations

from decimal import Decimal

from bulletins.casebook import Criterion, Part, tallies, whole_text


def test_a_part_says_what_it_lacks_and_what_is_too_much() -> None:
    part = Part("背景意义", least=10, most=20)
    assert part.shortfall == "请填写“背景意义”（10—20字）。"
    assert Part("背景意义", least=10, most=20, text="短").shortfall == "“背景意义”有1字，不足10字，请补充。"
    assert Part("背景意义", least=10, most=20, text="长" * 21).shortfall == "“背景意义”有21字，超过20字，请缩短。"
    assert Part("背景意义", least=10, most=20, text="刚好 \n" * 5).shortfall == ""  # blanks and line ends are no 字


def test_a_part_that_may_be_left_empty_lacks_nothing() -> None:
    assert Part("附记").shortfall == ""


def test_parts_stand_under_numbered_heads_and_empty_ones_are_left_out() -> None:
    parts = [Part("背景意义", text="甲。"), Part("附记"), Part("经验启示", text="乙。")]
    assert whole_text(parts) == "一、背景意义\n甲。\n二、经验启示\n乙。"


def test_points_of_several_experts_come_to_a_mean_and_a_spread() -> None:
    criteria = [Criterion("成效", most=20), Criterion("表述", most=10)]
    lines = tallies(criteria, [{"成效": "18", "表述": "6"}, {"成效": "12", "表述": "9"}])
    assert [(line.name, line.mean, line.lowest, line.highest) for line in lines] == [
        ("成效", Decimal("15.0"), Decimal(12), Decimal(18)),
        ("表述", Decimal("7.5"), Decimal(6), Decimal(9)),
        ("总分", Decimal("22.5"), Decimal(21), Decimal(24)),
    ]
    assert [line.deviation for line in lines] == [Decimal("3.0"), Decimal("1.5"), Decimal("1.5")]


def test_without_scores_there_is_nothing_to_sum_up() -> None:
    assert tallies([Criterion("成效")], []) == []
