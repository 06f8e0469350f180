"""Pages of finds, for 查找 and for the public archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.http import HttpRequest

from portal.accounts.requests import PAGE_SIZE
from portal.search.finding import Count
from portal.search.keys import COUNTED


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a page of finds stands among the others; they end where counting ends."""

    number: int
    last: int
    counted: str

    @property
    def previous(self) -> int:
        return self.number - 1 if self.number > 1 else 0

    @property
    def next(self) -> int:
        return self.number + 1 if self.number < self.last else 0


def total(counts: Sequence[Count]) -> str:
    """How many finds there are of all kinds together, as far as they are counted."""
    number = sum(min(count.number, COUNTED) for count in counts)
    return f"{number}+" if any(count.is_more for count in counts) else str(number)


def pages(counts: Sequence[Count], kind: str, number: int) -> Pages:
    """The pages of one kind, or of all."""
    counted = sum(count.number for count in counts if kind in ("", count.source.name))
    last = max(1, ceil(min(counted, COUNTED) / PAGE_SIZE))
    return Pages(min(number, last), last, f"{COUNTED}+" if counted > COUNTED else str(counted))


def page_number(request: HttpRequest) -> int:
    """The page asked for; anything odd is the first, anything too far the last that is counted."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return min(max(number, 1), COUNTED // PAGE_SIZE)
