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


def grams(folded: str) -> set[int]:
    """Numbers of all single characters and all pairs of neighbours in a folded text, for an index.

    A number has 32 bits with sign. Two pairs share one only beyond the basic plane of Unicode.
    """
    found = {_single(char) for char in set(folded) if is_wordy(char)}
    found.update(_pair(*both) for both in set(pairwise(folded)) if all(map(is_wordy, both)))
    return found


def word_grams(folded: str) -> set[int]:
    """Numbers that every text with the folded word in it must have: its pairs, and characters that stand in none."""
    pairs = [both for both in pairwise(folded) if all(map(is_wordy, both))]
    paired = {char for both in pairs for char in both}
    return {_pair(*both) for both in pairs} | {
        _single(char) for char in folded if is_wordy(char) and char not in paired
    }


def _single(char: str) -> int:
    return ((ord(char) & _SIXTEEN_BITS) << 16) - _HALF


def _pair(first: str, second: str) -> int:
    return ((ord(first) & _SIXTEEN_BITS) << 16 | ord(second) & _SIXTEEN_BITS) - _HALF


def _fold_one(char: str) -> str:
    plain = _simplifier().convert(unicodedata.normalize("NFKC", char).lower())
    return "".join(part for part in plain if unicodedata.category(part) not in _DROPPED)


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
