"""Showing where words stand in a text: as written, with the words around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.text.folding import fold, fold_with_origins

#: Characters shown before and after a find, and places shown of one text.
AROUND = 36
MOST_PLACES = 3
#: Characters shown of a text in which nothing was found (the title has it).
BEGINNING = 90
GAP = "……"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text as written; ``is_found`` where it is what was looked for."""

    text: str
    is_found: bool = False


Span = tuple[int, int]


def pieces(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The whole of ``text`` in pieces; ``words`` are folded."""
    return _cut(text, _spans(text, words), (0, len(text)))


def excerpt(text: str, words: Sequence[str]) -> tuple[Piece, ...]:
    """The places of ``text`` in which the folded ``words`` first stand, joined by ``……``; else its beginning."""
    lines = [line for line in text.split("\n") if line.strip()]
    windows = _windows(lines, _first_places(lines, words)[:MOST_PLACES])
    if not windows:
        start = " ".join(lines)[: BEGINNING + 1]
        return (Piece(start if len(start) <= BEGINNING else f"{start[:BEGINNING]}{GAP}"),) if start else ()
    found: list[Piece] = [Piece(GAP)] if windows[0][1][0] > 0 else []
    for number, window in windows:
        if found and found[-1].text != GAP:
            found.append(Piece(GAP))
        found += _cut(lines[number], _spans(lines[number], words), window)
    last_line, (_, end) = windows[-1]
    return tuple(found) if end == len(lines[last_line]) else (*found, Piece(GAP))


def _first_places(lines: Sequence[str], words: Sequence[str]) -> list[tuple[int, Span]]:
    """For each word the number of the first line that has it, and where in that line."""
    folded = [fold(line) for line in lines]
    found = []
    for word in words:
        number = next((number for number, line in enumerate(folded) if word in line), None)
        if number is not None:
            found.append((number, _spans(lines[number], [word])[0]))
    return found


def _windows(lines: Sequence[str], places: Sequence[tuple[int, Span]]) -> list[tuple[int, Span]]:
    """What to show around ``places``: lines by number with a span of each; those that touch are one."""
    found: list[tuple[int, Span]] = []
    for number, (start, end) in sorted(places):
        window = (max(0, start - AROUND), min(len(lines[number]), end + AROUND))
        if found and found[-1][0] == number and window[0] <= found[-1][1][1]:
            window = (found[-1][1][0], max(found.pop()[1][1], window[1]))
        found.append((number, window))
    return found


def _spans(text: str, words: Sequence[str]) -> list[Span]:
    """Where the words stand in ``text``, in order, those that overlap or touch joined."""
    folded, origins = fold_with_origins(text)
    spans = sorted(
        (origins[at], origins[at + len(word) - 1] + 1) for word in words if word for at in _starts(folded, word)
    )
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _starts(folded: str, word: str) -> Iterable[int]:
    at = folded.find(word)
    while at >= 0:
        yield at
        at = folded.find(word, at + 1)


def _cut(text: str, spans: Iterable[Span], window: Span) -> tuple[Piece, ...]:
    """The characters of ``window`` in pieces."""
    at, stop = window
    found: list[Piece] = []
    for span in spans:
        start, end = max(span[0], at), min(span[1], stop)
        if start < end:
            found += [Piece(text[at:start])] if start > at else []
            found.append(Piece(text[start:end], True))
            at = end
    if at < stop:
        found.append(Piece(text[at:stop]))
    return tuple(found)
