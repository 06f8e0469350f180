"""From rows to a plan, and from the plan to the database: one piece of code for the dry run and the real one.

A dry run calls the very services that the real run calls, inside a transaction that is rolled back. So it
cannot promise what the real run would refuse, and rows may build on rows above them.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, models, transaction

from portal.accounts.models import User
from portal.audit.models import record
from portal.exchange.workbook import Column, Row
from portal.jobs.reporting import Report
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

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Outcome:
        return cls(
            data["number"],
            data["name"],
            Fate(data["fate"]),
            tuple(Change(**change) for change in data["changes"]),
            tuple(Problem(**problem) for problem in data["problems"]),
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What a taker did with one row."""

    name: str
    fate: Fate
    changes: tuple[Change, ...] = ()


class Taker(Protocol):
    """Takes one row after the other; holds what it has looked up. Raises ValidationError by heading or field.

    A refused row leaves nothing behind, neither here nor in the database.
    """

    #: Names of a service's fields and the headings they stand under.
    titles: dict[str, str]
    #: New accounts, by user name and name, and the seed of their first passwords.
    opened: list[tuple[str, str]]
    seed: str

    def take(self, row: Row) -> Taken: ...

    def finish(self) -> None:
        """Write what the rows have left to be written together."""

    def name_of(self, row: Row) -> str: ...


class Tabled(Protocol):
    """What a run asks of a noun; see ``portal.exchange.registry.Noun``."""

    key: str
    label: str

    @property
    def columns(self) -> tuple[Column, ...]: ...

    def taker(self, by: User) -> Taker: ...


@dataclass
class Plan:
    """All rows with their fates; ``digest`` is the same where the same would happen."""

    outcomes: list[Outcome]
    opened: list[tuple[str, str]] = field(default_factory=list)
    seed: str = ""
    done: bool = False

    def count(self, fate: Fate) -> int:
        return sum(outcome.fate == fate for outcome in self.outcomes)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by the value of their fate, in the order in which a person asks."""
        return {fate.value: self.count(fate) for fate in Fate}

    @property
    def is_clean(self) -> bool:
        return not self.count(Fate.WRONG)

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self.outcomes).encode()).hexdigest()


#: Percent of a run at which the first row is taken, at which the last one is, and at which all is written.
FIRST, LAST, WRITTEN = 10, 90, 98
#: Seconds between two looks whether another's import has ended.
PATIENCE = 0.5


def quiet(_progress: int, _step: str) -> None:
    """For whoever does not ask how far it is."""


def unsealed(_plan: Plan) -> None:
    """For whoever has nothing to keep beside the rows."""


def run(
    noun: Tabled,
    rows: Sequence[Row],
    *,
    by: User,
    expected: str = "",
    report: Report = quiet,
    seal: Callable[[Plan], None] = unsealed,
) -> Plan:
    """Take every row; keep it all only if no row is wrong and the plan is the ``expected`` one.

    Without ``expected`` (a digest that a dry run gave) nothing is ever kept. ``seal`` is called last in the
    transaction in which everything is kept; what it raises undoes everything.
    """
    with transaction.atomic():
        if expected:
            _wait_for_turn(noun.key, report)
        taker = noun.taker(by)  # it looks at what is there: not before it is our turn
        plan = Plan(_taken(taker, rows, noun.columns, report), taker.opened, taker.seed)
        if plan.is_clean:
            report(LAST, "正在写入")
            taker.finish()
            report(WRITTEN, "正在保存结果")
        plan.done = bool(expected) and plan.is_clean and plan.digest == expected
        if plan.done:
            record(None, "exchange.import", f"导入{noun.label}", by=by, counts=plan.counts)
            seal(plan)
        else:
            transaction.set_rollback(True)
    return plan


def _wait_for_turn(key: str, report: Report) -> None:
    """Two imports of one noun go one after the other: the second sees what the first has made."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [f"exchange:{key}"])
            if cursor.fetchone() == (True,):
                return
            report(FIRST, "正在等待另一份表格导入完成")
            time.sleep(PATIENCE)


def _taken(taker: Taker, rows: Sequence[Row], columns: Sequence[Column], report: Report) -> list[Outcome]:
    outcomes = []
    for count, row in enumerate(rows, 1):
        outcomes.append(_one(taker, row, columns))
        report(FIRST + (LAST - FIRST) * count // len(rows), f"已核对{count}行，共{len(rows)}行")
    return outcomes


def _one(taker: Taker, row: Row, columns: Sequence[Column]) -> Outcome:
    name = taker.name_of(row)
    problems = [Problem(title, "是公式，请改为固定的文字或数字。") for title in row.formulas]
    for column in columns:
        if column.required and not row.cells.get(column.title):
            problems.append(Problem(column.title, "没有填写。"))
    if problems:
        return Outcome(row.number, name, Fate.WRONG, problems=tuple(problems))
    try:
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
