"""校对: what an editor checks by eye, as rules over plain texts. Pure: reads no database, writes nothing."""

from bulletins.checking.engine import MOST_FINDINGS, RULE_BY_NAME, RULES, check, mended
from bulletins.checking.facts import (
    CheckedText,
    Finding,
    ListedWord,
    PastText,
    Surroundings,
    UnitWords,
    Weight,
)

__all__ = [
    "MOST_FINDINGS",
    "RULES",
    "RULE_BY_NAME",
    "CheckedText",
    "Finding",
    "ListedWord",
    "PastText",
    "Surroundings",
    "UnitWords",
    "Weight",
    "check",
    "mended",
]
