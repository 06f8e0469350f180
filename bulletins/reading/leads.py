"""Which sentence of an entry is its lead, printed bold (S0 marks it with ``**``; S1 only by its form)."""

from __future__ import annotations

import re

MAX_LEAD = 45
"""Longest lead of S0 and S1 is 41 characters; a longer first sentence is text."""

_MARKED = re.compile(r"\*\*(.+?)\*\*(.*)", re.DOTALL)
_FIRST_SENTENCE = re.compile(r"([^。！？]+[。！？][”’]?)(.*)", re.DOTALL)
_STARTS_WITH_DATE = re.compile(r"\s*\d{1,4}\s*[年月日\-—至、和]")
_STOPS = re.compile(r"[。！？：:]+")


def split_lead(text: str, *, marked: bool) -> tuple[str, str]:
    """Lead and rest of an entry's first paragraph; the lead is empty where there is none.

    ``marked`` says that the file marks leads with ``**``; then nothing else is a lead. Otherwise it is
    the first sentence, if it is short, has no comma, does not begin with a date, and text follows.
    Both parts together are ``text`` without its ``**``.
    """
    if marked:
        return _marked_lead(text)
    match = _FIRST_SENTENCE.fullmatch(text)
    if match is None or not match[2].strip() or not reads_as_lead(match[1]):
        return "", text
    return match[1], match[2].lstrip()


def reads_as_lead(sentence: str) -> bool:
    """Whether a sentence has the form of a lead: ≤ 45 characters, no comma, no date in front, a stop."""
    if len(sentence) > MAX_LEAD or "，" in sentence or _STARTS_WITH_DATE.match(sentence):
        return False
    return re.fullmatch(r"[^。！？]+[。！？]", sentence) is not None


def _marked_lead(text: str) -> tuple[str, str]:
    match = _MARKED.fullmatch(text)
    if match is None:
        return "", text.replace("**", "")
    lead, rest = match[1].strip(), match[2].lstrip()
    stop = _STOPS.match(rest)
    if stop and not _STOPS.search(lead[-1:]):
        lead, rest = lead + stop[0], rest[stop.end() :]
    return lead, rest.replace("**", "").strip()
