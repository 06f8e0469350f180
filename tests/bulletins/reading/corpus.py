"""Word files as they reach the office, and what a reader takes each of them to say."""

from __future__ import annotations

from tests.bulletins.reading.corpus_parts import PARTS
from tests.bulletins.reading.corpus_words import WORDS
from tests.bulletins.reading.word_case import WordCase

CORPUS: tuple[WordCase, ...] = WORDS + PARTS
