"""Set phrases struck: the office's list says which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletins.checking.facts import FIELDS
from bulletins.checking.zones import Zone, touches
from bulletins.shortening.facts import Proposal, Wording

_LONGEST_CLAUSE = 80
_STARTS = "。；！？\n”"


def phrases(words: dict[str, str], held: dict[str, list[Zone]], wording: Wording) -> Iterator[Proposal]:
    """A clause that begins with a set phrase is struck up to its comma; a wordy turn gives way to a shorter one."""
    for field in FIELDS:
        text = words[field]
        for phrase in wording.phrases:
            for match in re.finditer(re.escape(phrase.words), text):
                end = match.end() if phrase.shorter else _clause_end(text, match.start(), match.end())
                if end and not touches(held[field], match.start(), end):
                    before = text[match.start() : end]
                    why = "可以说得更短。" if phrase.shorter else "套话，可以删去。"
                    yield Proposal("phrase", "套话", why, field, match.start(), end, before, phrase.shorter)


def _clause_end(text: str, start: int, after: int) -> int:
    """Behind the comma that ends the clause; 0 where the clause begins elsewhere, or is the whole sentence."""
    if text[:start].rstrip(" \u3000")[-1:] not in ("", *_STARTS):
        return 0
    for at in range(after, min(len(text), after + _LONGEST_CLAUSE)):
        if text[at] in "。；！？\n":
            return 0
        if text[at] == "，":
            return at + 1 if text[at + 1 : at + 2].strip() else 0
    return 0
