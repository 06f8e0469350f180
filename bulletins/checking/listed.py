"""Words on the office's list, traditional characters, characters that print has no place for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from bulletins.checking.facts import FIELDS, CheckedText, Spot, Surroundings, Weight
from portal.text.characters import odd_characters

#: Nothing odd lies in these ranges, and most texts stay inside them.
_UNUSUAL = re.compile("[^\n -~\u00b7\u2014\u2018-\u201d\u2026\u3000-\u9fff\uff01-\uff5e]")


def listed_words(one: CheckedText, around: Surroundings) -> Iterator[Spot]:
    """Words not to be printed, and words for which another stands."""
    for field in FIELDS:
        text = one.field(field)
        for listed in around.words:
            at = text.find(listed.word)
            while at >= 0:
                end = at + len(listed.word)
                yield Spot(
                    field, at, end, _why(listed.word, listed.replacement, listed.note), listed.replacement or None
                )
                at = text.find(listed.word, end)


def _why(word: str, replacement: str, note: str) -> str:
    told = f"“{word}”写作“{replacement}”。" if replacement else f"“{word}”在禁用词表中。"
    return told + note


def traditional(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """Runs of traditional characters; 著名, 乾坤 and the like are read as words and stay."""
    for field in FIELDS:
        text = one.field(field)
        plain = str(_converter().convert(text))
        if plain == text or len(plain) != len(text):
            continue
        start = -1
        for at in range(len(text) + 1):
            differs = at < len(text) and text[at] != plain[at]
            if differs and start < 0:
                start = at
            elif not differs and start >= 0:
                yield Spot(field, start, at, "繁体字写作简体字。", plain[start:at])
                start = -1


@cache
def _converter() -> Any:
    import opencc  # its dictionaries take a while to load, and only checking needs them

    return opencc.OpenCC("t2s")


def characters(one: CheckedText, _around: Surroundings) -> Iterator[Spot]:
    """Emoji, control and private characters; look-alikes of Chinese characters (⼀ for 一)."""
    for field in FIELDS:
        text = one.field(field)
        for odd in odd_characters(text) if _UNUSUAL.search(text) else ():
            fix = unicodedata.normalize("NFKC", odd.character) if odd.kind == "compatibility" else ""
            why = (
                f"“{odd.character}”是{odd.kind_zh}，印不出来。" if odd.kind != "control" else "这里有看不见的控制字符。"
            )
            yield Spot(
                field, odd.position, odd.position + 1, why, None if odd.kind == "private" else fix, Weight.SERIOUS
            )
