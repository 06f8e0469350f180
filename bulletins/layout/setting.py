"""What print and Word decide alike: sizes of the masthead and heads inside an entry."""

from __future__ import annotations

import re

from portal.printing.page import TEXT_WIDTH

PROGRAMME_SIZE, TITLE_SIZE, ORIGIN_SIZE, IMPRINT_SIZE = 22.0, 56.0, 16.0, 14.0
#: Ems between the characters of the title.
TITLE_SPACING = 0.4
_SMALLEST = 9.0
# GB/T 9704-2012, 7.3.3: 一、 in 黑体, （一） in 楷体; a head is short and a line of its own.
_FIRST_HEAD = re.compile(r"[一二三四五六七八九十]+、[^。！？；]{1,40}")
_SECOND_HEAD = re.compile(r"（[一二三四五六七八九十]+）[^。！？；]{1,40}")


def head_level(text: str) -> int:
    """1 for a head of the first level (一、), 2 for one of the second (（一）), 0 for text."""
    if _FIRST_HEAD.fullmatch(text.strip()):
        return 1
    return 2 if _SECOND_HEAD.fullmatch(text.strip()) else 0


def ems(text: str) -> float:
    """About how wide a text is, in ems."""
    return sum(0.55 if char.isascii() else 1.0 for char in text)


def fitting_size(text: str, size: float, room: float, spacing: float = 0.0) -> float:
    """A type size, at most ``size``, at which the text, ``spacing`` ems between, fits the room (all in points)."""
    needed = ems(text) + spacing * (len(text) + 1)
    return max(_SMALLEST, min(size, room / needed)) if text else size


def programme_size(masthead: str) -> float:
    return fitting_size(masthead, PROGRAMME_SIZE, TEXT_WIDTH)


def title_size(title: str) -> float:
    return fitting_size(title, TITLE_SIZE, TEXT_WIDTH, TITLE_SPACING)


def beside_size(text: str, size: float, beside: str) -> float:
    """The size of a text that shares its row with another, three characters of room kept between and around."""
    return fitting_size(text, size, TEXT_WIDTH - size * (3 + ems(beside)))
