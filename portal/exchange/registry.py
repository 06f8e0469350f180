"""What can be exchanged as a table. Apps register their nouns (``<app>/exchange/<noun>.py``); the ground names none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from portal.accounts.models import User
from portal.exchange.plan import Tabled


class Noun(Tabled, Protocol):
    """One kind of table, found by its ``key`` in the address; ``back`` is the page it belongs to, by url name.

    ``take`` is asked by name before a table is taken in, ``see`` before one is given out; the services ask once more
    row by row. ``note`` says how the rows of a template are filled in.
    """

    back: str
    back_label: str
    take: str
    see: str
    note: str

    def export(self, user: User) -> Iterable[Iterable[object]]: ...


NOUNS: dict[str, Noun] = {}


def add_noun(noun: Noun) -> None:
    """Offer ``noun`` at ``/exchange/<key>/``; a key is taken once."""
    if noun.key in NOUNS:
        raise ValueError(f"two tables are called {noun.key}")
    NOUNS[noun.key] = noun
