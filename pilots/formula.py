"""Formulas of schemes (考核方案): arithmetic over codes of indicators and of other items, and nothing else.

``(A1 + A2) / s2-joint-research * 100``. Pure: what a code stands for, the caller says.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

#: What a formula may be made of; full-width signs are what a Chinese keyboard types.
_FULL_WIDTH = str.maketrans("＋－×÷（）／＊", "+-*/()/*")
_OPERATORS: tuple[type[ast.operator], ...] = (ast.Add, ast.Sub, ast.Mult, ast.Div)
#: A formula with more parts than this is no rule that somebody can follow.
MOST_PARTS = 60


class FormulaError(ValueError):
    """The formula cannot be used; the text is a sentence for the person who typed it."""


class DividedByZero(Exception):
    """The figures of this case make a denominator 0."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read: its tree, and the codes it names in order of appearance."""

    text: str
    tree: ast.expr
    names: dict[str, str]

    @property
    def codes(self) -> list[str]:
        return list(dict.fromkeys(self.names.values()))

    def value(self, figures: Mapping[str, Decimal]) -> Decimal:
        """What it comes to. Raises DividedByZero; every code must be in ``figures``."""
        return _value(self.tree, {name: figures[code] for name, code in self.names.items()})


def read_formula(text: str, known: Collection[str], *, uncounted: Collection[str] = ()) -> Formula:
    """Read a formula over the codes ``known``. Raises FormulaError for anything else than arithmetic over them, and
    for a division by 0 whatever the figures; ``uncounted`` are codes of items that no figure stands behind."""
    plain = text.translate(_FULL_WIDTH).strip()
    if not plain:
        raise FormulaError("请填写公式。")
    marked, names = _marked(plain, known)
    try:
        tree = ast.parse(marked, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise FormulaError("公式读不懂，请检查括号和运算符，例如“(A1 + A2) / 2”。") from error
    parts = list(ast.walk(tree))
    if len(parts) > MOST_PARTS:
        raise FormulaError("公式太长，请拆成几项。")
    for part in parts:
        _check(part, names, uncounted)
    for part in parts:
        _check_divisor(part)
    used = {part.id for part in parts if isinstance(part, ast.Name)}
    if not used:
        raise FormulaError("公式里没有用到任何指标。")
    return Formula(plain, tree, {name: code for name, code in names.items() if name in used})


def spelled(text: str, names: Mapping[str, str]) -> str:
    """A formula for people: codes of ``names`` by their names, × and ÷ for the signs of a keyboard."""
    marked, codes = _marked(text.translate(_FULL_WIDTH).strip(), names)
    told = marked.replace("*", "×").replace("/", "÷")
    for mark, code in reversed(codes.items()):  # code_10 before code_1
        told = told.replace(mark, names[code])
    return told


def in_order(formulas: Mapping[str, Formula]) -> list[str]:
    """Codes of items with formulas so that each comes after those it names. Raises FormulaError for a circle."""
    done: list[str] = []
    for code in formulas:
        _visit(code, formulas, done, [])
    return done


def _visit(code: str, formulas: Mapping[str, Formula], done: list[str], path: list[str]) -> None:
    if code in path:
        circle = " → ".join([*path[path.index(code) :], code])
        if len(path) == 1:
            raise FormulaError(f"{code}的公式引用了自己，请改用别的指标。")
        raise FormulaError(f"公式互相引用，成了循环：{circle}。请去掉其中一处。")
    if code in done or code not in formulas:
        return
    for other in formulas[code].codes:
        _visit(other, formulas, done, [*path, code])
    done.append(code)


def _marked(text: str, known: Collection[str]) -> tuple[str, dict[str, str]]:
    """The text with every known code as a name Python reads: codes of indicators hold hyphens."""
    names: dict[str, str] = {}
    if known:
        longest_first = "|".join(re.escape(code) for code in sorted(known, key=lambda code: (-len(code), code)))
        pattern = re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)")
        prefix = "code_"
        while prefix in text:  # nobody may type a name of ours
            prefix += "_"

        def mark(match: re.Match[str]) -> str:
            name = f"{prefix}{len(names)}"
            names[name] = match[0]
            return name

        text = pattern.sub(mark, text)
    return text, names


def _check(part: ast.AST, names: Mapping[str, str], uncounted: Collection[str]) -> None:
    if isinstance(part, ast.Name):
        if part.id in uncounted:
            usable = "请改用按指标或公式计分的考核内容，或指标代号。"
            raise FormulaError(f"“{part.id}”不是按指标或公式计分的，公式里不能用。{usable}")
        if part.id not in names:
            raise FormulaError(f"没有“{part.id}”这个指标或编号，请核对公式。")
    elif isinstance(part, ast.Constant):
        number = part.value
        if isinstance(number, bool) or not isinstance(number, int | float) or abs(number) > 1_000_000:
            raise FormulaError("公式里只能用不超过1000000的数字、指标代号和加减乘除。")
    elif isinstance(part, ast.BinOp):
        if not isinstance(part.op, _OPERATORS):
            raise FormulaError("公式里只能用加减乘除和括号。")
    elif isinstance(part, ast.UnaryOp):
        if not isinstance(part.op, ast.USub | ast.UAdd):
            raise FormulaError("公式里只能用加减乘除和括号。")
    elif not isinstance(part, ast.Load | ast.operator | ast.unaryop):
        raise FormulaError("公式里只能用加减乘除、括号、数字和指标代号。")


def _check_divisor(part: ast.AST) -> None:
    """Refuse what can never be worked out: a divisor that is 0 without any figure in it."""
    if not isinstance(part, ast.BinOp) or not isinstance(part.op, ast.Div):
        return
    if any(isinstance(inner, ast.Name) for inner in ast.walk(part.right)):
        return
    try:
        is_zero = _value(part.right, {}) == 0
    except DividedByZero:
        is_zero = True
    if is_zero:
        raise FormulaError("公式里不能除以0，请修改除号后面的数。")


def _value(part: ast.expr, figures: Mapping[str, Decimal]) -> Decimal:
    match part:
        case ast.Name(id=name):
            return figures[name]
        case ast.Constant(value=int() | float() as number):
            return Decimal(str(number))
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, figures)
        case ast.UnaryOp(operand=inner):
            return _value(inner, figures)
        case ast.BinOp(left=left, op=operator, right=right):
            return _joined(operator, _value(left, figures), _value(right, figures))
    raise FormulaError("公式读不懂，请检查括号和运算符。")


def _joined(operator: ast.operator, left: Decimal, right: Decimal) -> Decimal:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
    if right == 0:
        raise DividedByZero
    return left / right
