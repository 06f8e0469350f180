"""Whole numbers as Chinese texts write them: 三, 十七, 二〇二四, 两, 17, １７."""

from __future__ import annotations

import re

_DIGITS = {
    char: value
    for value, chars in enumerate(("〇零○", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}

_FULL_WIDTH = str.maketrans("０１２３４５６７８９，", "0123456789,")


def read_number(text: str) -> int:
    """The value of ``text``: ASCII or full-width digits (thousands marks allowed) or Chinese numerals.

    A row of plain numerals is read digit by digit (``二〇二四`` is 2024), anything else by place
    (``十七``, ``一百零五``, ``两千``, ``1.2万``). Raises ValueError for what is not a whole number.
    """
    plain = text.strip().translate(_FULL_WIDTH)
    if re.fullmatch(r"\d{1,3}(,\d{3})+|\d+", plain):
        return int(plain.replace(",", ""))
    mixed = re.fullmatch(r"(\d+(?:\.\d+)?)([百千万亿])", plain)
    if mixed:
        return _whole(float(mixed[1]) * {**_UNITS, **_GROUPS}[mixed[2]], text)
    if plain and all(char in _DIGITS for char in plain):
        return int("".join(str(_DIGITS[char]) for char in plain))
    return _read_places(plain)


def _whole(value: float, text: str) -> int:
    if abs(value - round(value)) > 1e-6:
        raise ValueError(f"not a whole number: {text!r}")
    return round(value)


def _read_places(text: str) -> int:
    if not text:
        raise ValueError("no number")
    total = group = 0
    digit: int | None = None
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            group += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        elif char in _GROUPS:
            group += digit or 0
            total += (group or 1) * _GROUPS[char]
            group, digit = 0, None
        else:
            raise ValueError(f"not a number: {text!r}")
    return total + group + (digit or 0)


def numeral(number: int) -> str:
    """1–99 as officials number headings: 一, 十, 十一, 二十."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return ten + (digits[ones] if ones else "")
