"""How the name of a unit is spelt on a keyboard: in full (jiangxishifan) and by initials (jxsf)."""

from __future__ import annotations

from typing import Any


def _each(rest: str) -> Any:
    """What is no Chinese character stands for itself, letter by letter."""
    return [[char] for char in rest]


def spellings(name: str) -> tuple[str, ...]:
    """All spellings of ``name``, each in full and by initials, in lower case; the usual one stands first.

    A character with several readings (铅 is yan in 铅山) gives one more spelling for each, the other characters
    read as usual. Marks and blanks are left out.
    """
    # Its tables take long to read in, and most processes never spell a name.
    from pypinyin import Style, pinyin

    letters = "".join(char for char in name if char.isalnum())
    readings = [part for part in pinyin(letters, style=Style.NORMAL, heteronym=True, errors=_each) if part and part[0]]
    usual = [part[0].lower() for part in readings]
    found: dict[str, None] = {}
    for at, reading in ((at, other) for at, part in enumerate(readings) for other in part):
        spelt = [*usual[:at], reading.lower(), *usual[at + 1 :]]
        found["".join(spelt)] = None
        found["".join(part[0] for part in spelt if part)] = None
    return tuple(found)
