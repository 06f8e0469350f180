"""One form for all ways of writing the same characters: 協同 and 协同, ＡＢ and ab, １６ and 16.

Texts and what people look for are folded alike, character by character, so that a find in the folded text leads
back to the characters that were written.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import pairwise

import opencc

#: Blanks, invisible characters and joined marks: type-setting leaves them inside numbers and dates.
_DROPPED = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Cs", "Cn"})
#: Punctuation stands between words and is no part of them.
_BETWEEN = frozenset({"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"})
_SIXTEEN_BITS = 0xFFFF
_HALF = 1 << 31


class _Folding(dict[int, str]):
    """What each character folds to; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_one(chr(code))
        return folded


_folding = _Folding({ord("\n"): "\n"})


def fold(text: str) -> str:
    """``text`` in simplified characters, half width and lower case, without blanks; line ends stay."""
    return text.translate(_folding)


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the position in ``text`` of the one it came from."""
    parts = [_folding[ord(char)] for char in text]
    return "".join(parts), [at for at, part in enumerate(parts) for _ in part]


@cache
def is_wordy(char: str) -> bool:
    """Whether a folded character can be part of a word that is looked for; emoji and ★ can, 。 and % cannot."""
    return char != "\n" and unicodedata.category(char) not in _BETWEEN


class _Codes(dict[int, int]):
    """Sixteen bits for each character of words, and nothing for what stands between them."""

    def __missing__(self, code: int) -> int:
        kept = self[code] = code & _SIXTEEN_BITS if is_wordy(chr(code)) else 0
        return kept


_codes = _Codes()


def grams(folded: str) -> set[int]:
    """Numbers of all single characters and all pairs of neighbours in a folded text, for an index.

    A number has 32 bits with sign. Two pairs share one only beyond the basic plane of Unicode. A report has some
    seven hundred, so this is written for speed.
    """
    codes = [_codes[ord(char)] for char in folded]
    found = {(first << 16 | second) - _HALF for first, second in pairwise(codes) if first and second}
    found.update((code << 16) - _HALF for code in set(codes) if code)
    return found


def word_grams(folded: str) -> set[int]:
    """Numbers that every text with the folded word in it must have: its pairs, and characters that stand in none."""
    codes = [_codes[ord(char)] for char in folded]
    pairs = [both for both in pairwise(codes) if all(both)]
    paired = {code for both in pairs for code in both}
    alone = {code for code in codes if code and code not in paired}
    return {(first << 16 | second) - _HALF for first, second in pairs} | {(code << 16) - _HALF for code in alone}


def _fold_one(char: str) -> str:
    plain = _simplifier().convert(unicodedata.normalize("NFKC", char).lower())
    return "".join(part for part in plain if unicodedata.category(part) not in _DROPPED)


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
