"""What somebody typed into a search field, read as words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.text.folding import fold, is_wordy, word_grams

#: A sentence can be looked for; a page cannot.
LONGEST_QUERY = 100
#: More words than anybody combines; each costs the database a look.
MOST_WORDS = 8
_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"))
_PHRASE = "|".join(rf"(?:(?<=\s)|^){first}([^{first}{last}]+){last}(?=\s|$)" for first, last in _QUOTES)
_PARTS = re.compile(rf"{_PHRASE}|(\S+)")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word; ``grams`` are what the index knows of it, and ``is_exact`` says that they are all of it."""

    folded: str
    grams: tuple[int, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """All ``words`` must be there. ``text`` is what was typed, without characters that nobody types."""

    text: str
    words: tuple[Word, ...]

    @property
    def folded(self) -> tuple[str, ...]:
        return tuple(word.folded for word in self.words)


def read_query(typed: str) -> Wanted:
    """Words parted by blanks; what stands between quotation marks of its own is one word, blanks and all.

    Marks alone are no word, and neither is what lies beyond LONGEST_QUERY and MOST_WORDS.
    """
    text = typed.replace("\x00", "").strip()[:LONGEST_QUERY]
    parts = (next(filter(None, found.groups())) for found in _PARTS.finditer(text))
    folded = dict.fromkeys(fold(part) for part in parts)
    words = [_word(part) for part in folded if any(map(is_wordy, part))]
    return Wanted(text, tuple(words[:MOST_WORDS]))


def _word(folded: str) -> Word:
    plain = all(is_wordy(char) and ord(char) <= 0xFFFF for char in folded)
    return Word(folded, tuple(sorted(word_grams(folded))), plain and len(folded) <= 2)
