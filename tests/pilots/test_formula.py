"""Formulas of schemes: arithmetic over codes, nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pilots.formula import DividedByZero, FormulaError, in_order, read_formula, spelled

KNOWN = ("A1", "A2", "s2-joint-research")
FIGURES = {"A1": Decimal(3), "A2": Decimal(5), "s2-joint-research": Decimal(16)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A1 + A2", 8),
        ("(A1 + A2) / s2-joint-research * 100", 50),
        ("（A1＋A2）×2", 16),
        ("A2-A1", 2),
        ("s2-joint-research-A1", 13),
        ("-A1 + 0.5", Decimal("-2.5")),
    ],
)
def test_it_is_counted_as_it_reads(text: str, value: Decimal) -> None:
    assert read_formula(text, KNOWN).value(FIGURES) == value


def test_the_codes_it_names_are_told() -> None:
    assert read_formula("A2 / s2-joint-research + A2", KNOWN).codes == ["A2", "s2-joint-research"]


@pytest.mark.parametrize(
    "text",
    [
        "A1 ** 2",
        "A1 // 2",
        "__import__('os')",
        "A1.real",
        "A1 if A2 else 1",
        "[A1]",
        "'A1'",
        "A1 + True",
        "lambda: A1",
        "A1 > A2",
        "A1 +",
        "",
        "1 + 1",
        "A1 / 0",
        "A1 ÷ (2 - 2.0)",
        "1 / (1 / 0) + A1",
        "9999999 * A1",
        "(" * 300 + "A1" + ")" * 300,
        "A1 + " * 60 + "A1",
        "A1 := 3",
    ],
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(FormulaError, match=r"。$"):
        read_formula(text, KNOWN)


@pytest.mark.parametrize(("text", "name"), [("A1 + B7", "B7"), ("s2-joint / 2", "s2"), ("code_0 + A1", "code_0")])
def test_an_unknown_code_is_named(text: str, name: str) -> None:
    with pytest.raises(FormulaError, match=f"“{name}”"):
        read_formula(text, KNOWN)


def test_a_denominator_of_zero_is_no_number() -> None:
    with pytest.raises(DividedByZero):
        read_formula("A1 / (A2 - 5)", KNOWN).value(FIGURES)


def test_a_formula_that_refers_to_itself_is_refused() -> None:
    with pytest.raises(FormulaError, match="A1的公式引用了自己"):
        in_order({"A1": read_formula("A1 + A2", KNOWN)})


def test_a_circle_is_refused_and_shown() -> None:
    circle = {
        "A1": read_formula("A2 * 2", ("A1", "A2", "A3")),
        "A2": read_formula("A3 + 1", ("A1", "A2", "A3")),
        "A3": read_formula("A1 - 1", ("A1", "A2", "A3")),
    }
    with pytest.raises(FormulaError, match="A1 → A2 → A3 → A1"):
        in_order(circle)


def test_what_is_named_is_counted_first() -> None:
    known = ("A1", "A2", "A3")
    formulas = {"A1": read_formula("A2 + A3", known), "A2": read_formula("A3 * 2", known)}
    assert in_order(formulas) == ["A2", "A1"]


def test_people_read_names_and_not_codes() -> None:
    names = {"s2-joint-research": "联合教研", "s2-joint": "共同教研/月"}
    assert spelled("(A1 + s2-joint-research) / s2-joint * 100", names) == "(A1 + 联合教研) ÷ 共同教研/月 × 100"
