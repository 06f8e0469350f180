"""Characters that official print has no place for: emoji, private-use and control characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

CharacterKind = Literal["emoji", "private", "control", "compatibility"]

_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u27bf\ufe0f\u20e3\u2b50\u231a-\u23ff]")
_NAMES: dict[CharacterKind, str] = {
    "emoji": "表情符号",
    "private": "自造字符",
    "control": "控制字符",
    "compatibility": "部首或兼容字符",
}


@dataclass(frozen=True, slots=True)
class OddCharacter:
    """A character at ``position``; ``kind_zh`` is what a user reads."""

    character: str
    position: int
    kind: CharacterKind

    @property
    def kind_zh(self) -> str:
        """The kind in words for the user."""
        return _NAMES[self.kind]


def odd_characters(text: str) -> tuple[OddCharacter, ...]:
    """Every character of ``text`` that may have no glyph in print or only looks like a Chinese one (⼀ for 一)."""
    found = ((at, char, _kind(char)) for at, char in enumerate(text))
    return tuple(OddCharacter(char, at, kind) for at, char, kind in found if kind is not None)


def _kind(char: str) -> CharacterKind | None:
    if _EMOJI.match(char):
        return "emoji"
    if "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return "compatibility"
    category = unicodedata.category(char)
    if category in {"Co", "Cn", "Cs"}:
        return "private"
    return "control" if category in {"Cc", "Cf"} and char not in "\n\t" else None
