"""What is checked, against what, and what is found: plain data, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, cast

from bulletins.reading.units import KnownUnit, UnitMatcher, UnitMention
from portal.text.dates import FoundDate, find_dates
from portal.text.likeness import Shelf, shingles

Field = Literal["lead", "text"]
FIELDS: tuple[Field, ...] = ("lead", "text")


class Weight(StrEnum):
    """How much a finding matters: surely wrong, to be looked at, or a matter of taste."""

    SERIOUS = "serious"
    LIKELY = "likely"
    HINT = "hint"

    @property
    def label(self) -> str:
        """What an editor reads."""
        return {"serious": "错误", "likely": "请核对", "hint": "建议"}[self.value]


@dataclass(frozen=True, slots=True)
class CheckedText:
    """An entry of an issue, or a report's text for print. ``text`` has one paragraph per line.

    ``sources`` are the units' own texts; ``locked`` are passages that must stay as they are. ``key`` names
    it in the findings.
    """

    key: str
    lead: str
    text: str
    section: str = ""
    sources: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()

    def field(self, name: Field) -> str:
        return self.lead if name == "lead" else self.text


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What a unit is called: officially, in short, otherwise, formerly."""

    id: int
    official: str
    short: str = ""
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word the office does not print; ``replacement`` is empty where nothing stands instead."""

    word: str
    replacement: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PastText:
    """An entry of one of the last issues; ``label`` says of which (``第16期``)."""

    label: str
    lead: str
    text: str


@dataclass(frozen=True)
class Surroundings:
    """What texts are checked against. ``reference`` decides on years that are not written; ``window`` is the
    collection window, both days included, None where there is none yet."""

    today: date
    reference: date
    window: tuple[date, date] | None = None
    units: tuple[UnitWords, ...] = ()
    words: tuple[ListedWord, ...] = ()
    past: tuple[PastText, ...] = ()

    @cached_property
    def _matcher(self) -> UnitMatcher:
        return UnitMatcher(
            KnownUnit(unit.id, tuple(filter(None, (unit.official, unit.short, *unit.aliases, *unit.former))))
            for unit in self.units
        )

    @cached_property
    def _read(self) -> dict[tuple[str, str], Any]:
        """Several rules ask the same of the same text: what was read once is kept."""
        return {}

    def mentions(self, text: str) -> tuple[UnitMention, ...]:
        """The units that ``text`` names, by whatever they are called."""
        key = ("units", text)
        if key not in self._read:
            self._read[key] = self._matcher.find(text)
        return cast(tuple[UnitMention, ...], self._read[key])

    def dates(self, text: str) -> tuple[FoundDate, ...]:
        """The dates in ``text``."""
        key = ("dates", text)
        if key not in self._read:
            self._read[key] = find_dates(text, reference=self.reference).dates
        return cast(tuple[FoundDate, ...], self._read[key])

    @cached_property
    def unit_by_id(self) -> dict[int, UnitWords]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def shelf(self) -> Shelf:
        """The entries of the last issues, to be compared to."""
        return Shelf(shingles(entry.lead + entry.text) for entry in self.past)


@dataclass(frozen=True, slots=True)
class Spot:
    """What a rule points at: ``fix`` stands in place of ``start``–``end`` of a field where the rule knows it."""

    field: Field
    start: int
    end: int
    why: str
    fix: str | None = None
    weight: Weight | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A spot in one text, with the rule that saw it.

    ``passage`` is the excerpt with the characters around it: together with ``rule`` it is what a waiver names.
    ``fix`` is None where a person must decide, and always inside quoted or locked words.
    """

    rule: str
    label: str
    why: str
    key: str
    field: Field
    start: int
    end: int
    excerpt: str
    before: str
    after: str
    fix: str | None
    weight: Weight
    quoted: bool = False

    @property
    def id(self) -> str:
        """Names the finding among those of the same words."""
        return f"{self.rule}.{self.field}.{self.start}"

    @property
    def passage(self) -> str:
        return (self.before + self.excerpt + self.after)[:200]
