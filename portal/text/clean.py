"""What a text pasted from Word, WeChat or a PDF is brought to before anything reads it.

Only what nobody sees or means is touched: line ends, blanks, invisible characters. Wording and marks stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE_ENDS = re.compile("\r\n|[\r\v\f\u0085\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\u200b\u200c\u2060\ufeff\u200e\u200f\u202a-\u202e\u00ad]|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_ODD_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_EMPTY_LINES = re.compile("\n{3,}")
_BLANKS = re.compile("[ \u3000]+")
_NEAR = 8  # how far a neighbour may stand behind ** and blanks


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of clean-up and how often it was needed; ``label`` is what a user reads."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text after clean-up, and what was changed on the way."""

    text: str
    changes: tuple[Change, ...]


_STEPS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("统一换行", _LINE_ENDS, "\n"),
    ("去除不可见字符", _INVISIBLE, ""),
    ("去除控制字符", _CONTROLS, ""),
    ("统一空格", _ODD_BLANKS, " "),
)


def clean_text(raw: str) -> CleanText:
    """``raw`` with plain line ends and blanks, nothing invisible, at most one empty line in a row."""
    text = raw
    changes: list[Change] = []
    for label, pattern, replacement in _STEPS:
        text, count = pattern.subn(replacement, text)
        if count:
            changes.append(Change(label, count))
    lines = [line.strip(" \u3000") for line in text.split("\n")]
    trimmed = sum(old != new for old, new in zip(text.split("\n"), lines, strict=True))
    text, emptied = _EMPTY_LINES.subn("\n\n", "\n".join(lines))
    last = (Change("去除段首段尾空格", trimmed), Change("合并多余空行", emptied))
    return CleanText(text.strip("\n"), (*changes, *(change for change in last if change.count)))


def squeeze_blanks(line: str) -> str:
    """``line`` without the blanks that type-setting left in it ("2024 年 11 月", "第 16 期", "2024 -2026").

    A blank stays only where Latin words need it: both neighbours are ASCII and one of them is a letter
    (``**`` marks are looked through).
    """

    def keep_or_drop(match: re.Match[str]) -> str:
        before = line[max(0, match.start() - _NEAR) : match.start()].rstrip("* \u3000")[-1:]
        after = line[match.end() : match.end() + _NEAR].lstrip("* \u3000")[:1]
        latin = before.isascii() and after.isascii() and (before.isalpha() or after.isalpha())
        return match[0] if before and after and latin else ""

    return _BLANKS.sub(keep_or_drop, line)
