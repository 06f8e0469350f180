"""What a kind of output asks for beside the common columns, checked against the kind's own list. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class OwnField:
    """One column that only a kind has."""

    name: str
    label: str
    required: bool = False
    personal: bool = False
    number: bool = False
    choices: tuple[str, ...] = ()


def own_fields(rows: Sequence[Mapping[str, Any]]) -> list[OwnField]:
    """The columns as a kind keeps them (``OutputKind.fields``)."""
    return [OwnField(**{**row, "choices": tuple(row.get("choices", ()))}) for row in rows]


def checked(fields: Sequence[OwnField], values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What of ``values`` is kept, and by column what is wrong with it in a sentence. Unknown columns are dropped."""
    kept: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for column in fields:
        text = str(values.get(column.name) or "").strip()
        if not text:
            if column.required:
                wrong[column.name] = f"请填写{column.label}。"
        elif problem := _problem(column, text):
            wrong[column.name] = problem
        else:
            kept[column.name] = int(text) if column.number else text
    return kept, wrong


def _problem(column: OwnField, text: str) -> str:
    if len(text) > LONGEST_VALUE:
        return f"{column.label}超过{LONGEST_VALUE}字，请缩短。"
    if "\x00" in text:
        return f"{column.label}中有无法识别的字符，请重新输入。"
    if column.number and not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 100_000):
        return f"{column.label}请填写1至100000之间的整数。"
    if column.choices and text not in column.choices:
        return f"{column.label}请从“{'、'.join(column.choices)}”中选择。"
    return ""
