"""What a case (典型案例) consists of: the parts of its frame with their bounds, and how experts' scores add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from math import sqrt
from typing import Any

from portal.text.numbers import numeral

#: A part is a chapter of a case, not a book.
LONGEST_PART = 10_000
LONGEST_NAME = 30
LONGEST_HINT = 300
#: An expert's words about one case.
LONGEST_WORDS = 2_000
MOST_POINTS = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a frame, in order: what it is called, what belongs in it, and how many characters it may have.

    ``least`` 0 means that it may be left empty. ``text`` is what a case says there.
    """

    name: str
    hint: str = ""
    least: int = 0
    most: int = LONGEST_PART
    text: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Part:
        return cls(data["name"], data["hint"], data["least"], data["most"], data.get("text", ""))

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def length(self) -> int:
        return length_of(self.text)

    @property
    def wanted(self) -> str:
        """Its bounds as a sentence for who writes."""
        if self.least:
            return f"{self.least}—{self.most}字"
        return f"可以不写，最多{self.most}字"

    @property
    def shortfall(self) -> str:
        """Why it cannot be sent in as it is, or "". Nothing may be longer, what is required not shorter."""
        if self.least and not self.length:
            return f"请填写“{self.name}”（{self.wanted}）。"
        if self.length < self.least:
            return f"“{self.name}”有{self.length}字，不足{self.least}字，请补充。"
        if self.length > self.most:
            return f"“{self.name}”有{self.length}字，超过{self.most}字，请缩短。"
        return ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What experts judge a case by: a name, what to look at, and the most points there are for it."""

    name: str
    hint: str = ""
    most: int = 20

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Criterion:
        return cls(data["name"], data["hint"], data["most"])

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Tally:
    """Several experts' points for one thing: their mean, the lowest and the highest, and the standard deviation."""

    name: str
    most: int
    mean: Decimal
    lowest: Decimal
    highest: Decimal
    deviation: Decimal


def length_of(text: str) -> int:
    """How many characters a text has, blanks and line ends aside: what a writer counts as 字."""
    return len(re.sub(r"\s", "", text))


def whole_text(parts: Iterable[Part]) -> str:
    """All parts as one text, each under its name as a heading of the first level; empty ones left out."""
    filled = [part for part in parts if part.text.strip()]
    return "\n".join(f"{numeral(number)}、{part.name}\n{part.text.strip()}" for number, part in enumerate(filled, 1))


def tallies(criteria: Sequence[Criterion], scores: Sequence[Mapping[str, Any]]) -> list[Tally]:
    """What the experts' ``scores`` (points by criterion) come to: one line for each criterion, the last the total."""
    if not scores:
        return []
    lines = [_tally(one.name, one.most, [Decimal(str(score[one.name])) for score in scores]) for one in criteria]
    return [*lines, _tally("总分", sum(one.most for one in criteria), [total(score) for score in scores])]


def total(score: Mapping[str, Any]) -> Decimal:
    """One expert's points together."""
    return sum((Decimal(str(points)) for points in score.values()), Decimal(0))


def _tally(name: str, most: int, points: Sequence[Decimal]) -> Tally:
    mean = sum(points, Decimal(0)) / len(points)
    variance = sum(((one - mean) ** 2 for one in points), Decimal(0)) / len(points)
    return Tally(name, most, _rounded(mean), min(points), max(points), _rounded(Decimal(str(sqrt(variance)))))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))
