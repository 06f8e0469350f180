"""Reading single cells: days, yes or no, choices. Each refusal is a sentence under the column's heading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError

from portal.accounts.validators import WRONG_YEAR, is_sensible

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def day(cells: Mapping[str, str], title: str) -> date | None:
    """``2024-11-18``, ``2024/11/18``, ``2024年11月18日``; None where nothing stands."""
    text = cells.get(title, "")
    if not text:
        return None
    match = _DAY.fullmatch(text)
    try:
        found = date(*map(int, match.groups())) if match else _no_day(title, text)
    except ValueError:
        return _no_day(title, text)
    if not is_sensible(found):
        raise ValidationError({title: f"“{text}”{WRONG_YEAR}"})
    return found


def _no_day(title: str, text: str) -> date:
    raise ValidationError({title: f"“{text}”不是日期，请按“2024年11月18日”的样子填写。"})


def yes_or_no(cells: Mapping[str, str], title: str) -> bool | None:
    """``是`` or ``否``; None where nothing stands."""
    return {"是": True, "否": False, "": None}[one_of(cells, title, ("是", "否"))]


def choice(cells: Mapping[str, str], title: str, labels: Mapping[str, str]) -> str:
    """The value whose label stands in the cell; empty where nothing stands."""
    text = one_of(cells, title, tuple(labels))
    return labels[text] if text else ""


def number(cells: Mapping[str, str], title: str, most: int = 9999) -> int | None:
    """A whole number from 0 to ``most``; None where nothing stands."""
    text = cells.get(title, "")
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) > most:
        raise ValidationError({title: f"“{text}”不是0至{most}的整数。"})
    return int(text)


def shown(value: object) -> str:
    """A value as it stands in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def one_of(cells: Mapping[str, str], title: str, allowed: tuple[str, ...]) -> str:
    """The cell's text if it is one of ``allowed``; empty where nothing stands."""
    text = cells.get(title, "")
    if text and text not in allowed:
        raise ValidationError({title: f"“{text}”不在可选范围内，请填：{'、'.join(allowed)}。"})
    return text
