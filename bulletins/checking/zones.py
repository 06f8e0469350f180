"""Where a text speaks with another's voice: between quotation marks, and in locked passages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

Zone = tuple[int, int]


def quoted(text: str) -> Iterator[Zone]:
    """Stretches between “ and its ”, marks included; an opening mark without an end opens nothing."""
    for start, end in _lines(text):
        opened: list[int] = []
        for at in range(start, end):
            if text[at] == "“":
                opened.append(at)
            elif text[at] == "”" and opened:
                first = opened.pop()
                if not opened:
                    yield first, at + 1


def titles(text: str) -> list[Zone]:
    """Names of papers between 《 and 》."""
    zones = []
    at = text.find("《")
    while at >= 0:
        end = text.find("》", at)
        if end < 0:
            break
        zones.append((at, end + 1))
        at = text.find("《", end)
    return zones


def held(text: str, locked: Sequence[str]) -> list[Zone]:
    """All stretches whose words are somebody's own: quotes and locked passages."""
    zones = list(quoted(text))
    for passage in locked:
        at = text.find(passage) if passage else -1
        while at >= 0:
            zones.append((at, at + len(passage)))
            at = text.find(passage, at + len(passage))
    return joined(zones)


def touches(zones: Sequence[Zone], start: int, end: int) -> bool:
    """Whether ``start``–``end`` overlaps one of ``zones`` (as :func:`joined` gives them)."""
    at = bisect_left(zones, end, key=lambda zone: zone[0])
    return at > 0 and zones[at - 1][1] > start


def joined(zones: Iterable[Zone]) -> list[Zone]:
    """``zones`` in order, those that overlap made one."""
    found: list[Zone] = []
    for start, end in sorted(zones):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _lines(text: str) -> Iterator[Zone]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1
