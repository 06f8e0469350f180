"""From rows to a plan, and from the plan to the database: one piece of code for the dry run and the real one.

A dry run calls the very services that the real run calls, inside a transaction that is rolled back. So it
cannot promise what the real run would refuse, and rows may build on rows above them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction

from portal.accounts.models import User
from portal.audit.models import record
from portal.exchange.workbook import Column, Row
from portal.refusals import Refused

#: What somebody reads who takes in a row of another unit.
NOT_YOURS = "这一行不由您的单位填报，请从表中删去，或请有关单位办理。"


class Fate(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", "新增"
    CHANGED = "changed", "修改"
    SAME = "same", "无变化"
    WRONG = "wrong", "有误"


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a thing that is there already: ``old`` becomes ``new``."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken, and in which cell."""

    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row with its fate."""

    number: int
    name: str
    fate: Fate
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What a taker did with one row."""

    name: str
    fate: Fate
    changes: tuple[Change, ...] = ()


class Taker(Protocol):
    """Takes one row after the other; holds what it has looked up. Raises ValidationError by heading or field."""

    #: Names of a service's fields and the headings they stand under.
    titles: dict[str, str]
    #: First passwords of new accounts: user name, name, password.
    passwords: list[tuple[str, str, str]]

    def take(self, row: Row) -> Taken: ...

    def name_of(self, row: Row) -> str: ...


@dataclass
class Plan:
    """All rows with their fates; ``digest`` is the same where the same would happen."""

    outcomes: list[Outcome]
    passwords: list[tuple[str, str, str]] = field(default_factory=list)
    done: bool = False

    def count(self, fate: Fate) -> int:
        return sum(outcome.fate == fate for outcome in self.outcomes)

    @property
    def counts(self) -> list[tuple[Fate, int]]:
        """In the order in which a person asks."""
        return [(fate, self.count(fate)) for fate in Fate]

    @property
    def is_clean(self) -> bool:
        return not self.count(Fate.WRONG)

    @property
    def changes_anything(self) -> bool:
        return self.count(Fate.SAME) < len(self.outcomes)

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self.outcomes).encode()).hexdigest()


def run(
    taker: Taker, rows: Sequence[Row], columns: Sequence[Column], *, label: str, by: User, expected: str = ""
) -> Plan:
    """Take every row; keep it all only if no row is wrong and the plan is the ``expected`` one.

    Without ``expected`` (a digest that a dry run gave) nothing is ever kept.
    """
    with transaction.atomic():
        plan = Plan([_one(taker, row, columns) for row in rows], taker.passwords)
        plan.done = bool(expected) and plan.is_clean and plan.digest == expected
        if plan.done:
            counts = {fate.value: count for fate, count in plan.counts}
            record(None, "exchange.import", f"导入{label}", by=by, counts=counts)
        else:
            transaction.set_rollback(True)
    return plan


def _one(taker: Taker, row: Row, columns: Sequence[Column]) -> Outcome:
    name = taker.name_of(row)
    problems = [Problem(title, "是公式，请改为固定的文字或数字。") for title in row.formulas]
    for column in columns:
        if column.required and not row.cells.get(column.title):
            problems.append(Problem(column.title, "没有填写。"))
    if problems:
        return Outcome(row.number, name, Fate.WRONG, problems=tuple(problems))
    try:
        with transaction.atomic():
            taken = taker.take(row)
    except PermissionDenied:
        return Outcome(row.number, name, Fate.WRONG, problems=(Problem("", NOT_YOURS),))
    except (ValidationError, Refused) as error:
        return Outcome(row.number, name, Fate.WRONG, problems=_problems(error, taker.titles))
    return Outcome(row.number, taken.name, taken.fate, taken.changes)


def _problems(error: ValidationError | Refused, titles: dict[str, str]) -> tuple[Problem, ...]:
    if isinstance(error, Refused):
        return (Problem("", str(error)),)
    if not hasattr(error, "error_dict"):
        return tuple(Problem("", sentence) for sentence in error.messages)
    by_field = error.message_dict
    headings = set(titles.values())  # cells are refused under their heading, services refuse by field
    return tuple(
        Problem(titles.get(name, name if name in headings else ""), sentence)
        for name in by_field
        for sentence in by_field[name]
    )
