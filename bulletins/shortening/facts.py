"""What is shortened, by what it is shortened, and what is proposed: plain data, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bulletins.checking.facts import Field


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit with its full and its short name (empty where it has none).

    ``is_house``: a university or school, which S1 calls 学校 once it has been named.
    """

    id: int
    official: str
    short: str = ""
    is_house: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A set phrase: a whole clause that begins with it is struck, or ``shorter`` is said instead."""

    words: str
    shorter: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What proposals follow from. ``reference`` decides on years that are not written."""

    reference: date
    units: tuple[NamedUnit, ...] = ()
    phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """``after`` may stand instead of ``before`` at ``start``–``end`` of a field; ``why`` says by what habit."""

    kind: Literal["date", "name", "phrase"]
    label: str
    why: str
    field: Field
    start: int
    end: int
    before: str
    after: str

    @property
    def id(self) -> str:
        """Names the proposal among those for the same words."""
        return f"{self.kind}.{self.field}.{self.start}"

    @property
    def saved(self) -> int:
        """Characters fewer."""
        return len(self.before) - len(self.after)
