"""A noun as a table by declaration: its fields, how a row is found, and the services that write it.

Reading, comparing, telling old from new and refusing two rows for one thing are here, once for all nouns.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from portal.accounts.forms.base import split_list
from portal.accounts.models import Unit, User
from portal.exchange import cells
from portal.exchange.names import Names
from portal.exchange.plan import Change, Fate, Taken
from portal.exchange.workbook import Column, Row

Values = dict[str, Any]
Read = Callable[[Mapping[str, str], str, Names], Any]
Say = Callable[[Any, Names], str]


@dataclass(frozen=True, slots=True)
class Field:
    """A value of a thing and the column it stands in. ``name`` is what services call it; ``nothing`` an empty cell.

    ``once`` marks what is only asked of a new thing: in a row of one that is there already it is not looked at.
    """

    name: str
    column: Column
    read: Read
    say: Say
    nothing: Any = None
    once: bool = False


def _said(value: Any, _names: Names) -> str:
    return cells.shown(value)


def text(name: str, title: str, width: int = 24, *, required: bool = False, once: bool = False) -> Field:
    """Any words."""
    return Field(name, Column(title, width, required), lambda row, title, _: row[title], _said, "", once)


def number(name: str, title: str, most: int, *, width: int = 12, required: bool = False) -> Field:
    """A whole number from 0 to ``most``."""
    return Field(
        name, Column(title, width, required), lambda row, title, _: cells.number(row, title, most), _said, None
    )


def day(name: str, title: str, *, required: bool = False, once: bool = False) -> Field:
    """A day."""
    return Field(
        name,
        Column(title, 14, required),
        lambda row, title, _: cells.day(row, title),
        lambda value, _: value.isoformat() if value else "",
        None,
        once,
    )


def flag(name: str, title: str, width: int = 12) -> Field:
    """是 or 否."""
    column = Column(title, width, choices=("是", "否"))
    return Field(name, column, lambda row, title, _: cells.yes_or_no(row, title), _said, False)


def choice(
    name: str,
    title: str,
    offered: Mapping[str, Any],
    width: int = 16,
    *,
    required: bool = False,
    also: Mapping[str, Any] | None = None,
) -> Field:
    """One of ``offered``: labels with what they stand for. Other words for the same, as pages say it, are ``also``
    taken, but neither offered nor given out."""
    labels = {value: label for label, value in offered.items()}
    others = also or {}

    def read(row: Mapping[str, str], title: str, _names: Names) -> Any:
        if row[title] in others:
            return others[row[title]]
        label = cells.one_of(row, title, tuple(offered))
        return offered[label] if label else None

    return Field(
        name,
        Column(title, width, required, tuple(offered)),
        read,
        lambda value, _: labels.get(value, cells.shown(value)),
    )


def unit(name: str, title: str, width: int = 28, *, required: bool = False) -> Field:
    """A unit by full name, short name, alias, code or pinyin."""
    return Field(
        name,
        Column(title, width, required),
        lambda row, title, names: names.find(row[title], title),
        lambda value, names: names.word(value) if value else "",
    )


def units(name: str, title: str, width: int = 40, *, required: bool = False) -> Field:
    """Units with 、 between."""
    return Field(name, Column(title, width, required), _units, _units_said, ())


def _units(row: Mapping[str, str], title: str, names: Names) -> tuple[Unit, ...]:
    found = {one.pk: one for part in split_list(row[title]) if (one := names.find(part, title))}
    return tuple(found[pk] for pk in sorted(found))


def _units_said(value: Iterable[Unit], names: Names) -> str:
    return "、".join(names.word(one) for one in sorted(value, key=lambda one: one.pk))


class Sheet(ABC):
    """A noun whose rows are things; ``key_fields`` name a thing, so that two rows for one are noticed.

    ``titles`` adds headings for fields by which services refuse and which are called otherwise here. Every table is
    taken by a copy of its sheet: what it looks up once, gathers and keeps is that of one run.
    """

    key: str
    label: str
    back: str
    back_label: str
    take: str
    see: str
    note: str
    key_fields: tuple[str, ...]
    titles: Mapping[str, str] = {}

    @abstractmethod
    def fields(self) -> Sequence[Field]:
        """The columns, with the choices of today."""

    @abstractmethod
    def things(self, user: User) -> Iterable[Any]:
        """What ``user`` takes out as a table: a constant number of queries."""

    @abstractmethod
    def values(self, thing: Any) -> Values:
        """A thing by the names of its fields; those that are asked only once may be left out."""

    @abstractmethod
    def find(self, values: Values, by: User) -> Any:
        """The thing that a row speaks of, None where there is none yet. ``values`` hold the filled-in cells."""

    @abstractmethod
    def make(self, values: Values, by: User) -> None:
        """Write a new thing by its service; ``values`` hold every field."""

    @abstractmethod
    def change(self, thing: Any, values: Values, changed: frozenset[str], by: User) -> None:
        """Write a thing that is there: ``values`` hold every field as it shall be, ``changed`` those that differ."""

    def begin(self, by: User) -> None:
        """Look up what all rows need; called once, before the first."""
        return

    def finish(self, by: User) -> None:
        """Write what ``make`` and ``change`` have gathered, where they do not write at once."""
        return

    def name(self, values: Values) -> str:
        """What a row is called in the list of rows: what stands in its key, if nothing better is said."""
        return "，".join(str(values[name]) for name in self.key_fields if values.get(name))

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(one.column for one in self.fields())

    def export(self, user: User) -> Iterator[list[object]]:
        """The same columns as the table that is taken in."""
        fields, names = self.fields(), Names()
        for thing in self.things(user):
            values = self.values(thing)
            yield [one.say(values.get(one.name, one.nothing), names) for one in fields]

    def taker(self, by: User) -> SheetTaker:
        return SheetTaker(self, by)


class GatheredSheet(Sheet):
    """A sheet whose new things are checked row by row and written together after the last.

    ``writer`` is the service's: made with ``by``, it takes what is new by ``put`` and stores it by ``write``.
    """

    writer: type[Any]

    def begin(self, by: User) -> None:
        self._writer = self.writer(by=by)
        self._known: dict[int, dict[tuple[object, ...], int]] = {}

    def finish(self, by: User) -> None:
        self._writer.write()

    def known(self, owner: int, key: tuple[object, ...], rows: Callable[[], QuerySet[Any]], *names: str) -> int | None:
        """The id of that one of ``rows`` whose columns ``names`` are ``key``; of several the last.

        ``rows`` are all of one owner: looked up once for it, since a table tells of few owners many times.
        """
        if owner not in self._known:
            self._known[owner] = {tuple(found): pk for pk, *found in rows().values_list("pk", *names)}
        return self._known[owner].get(key)


class SheetTaker:
    """Takes the rows of a sheet one after the other."""

    def __init__(self, sheet: Sheet, by: User) -> None:
        self.sheet, self.by = copy(sheet), by
        self.sheet.begin(by)
        self.fields = list(sheet.fields())
        self.names = Names()
        self.opened: list[tuple[str, str]] = []
        self.seed = ""
        self.titles = {**{one.name: one.column.title for one in self.fields}, **sheet.titles}
        self._seen: dict[tuple[str, ...], int] = {}

    def name_of(self, row: Row) -> str:
        """The cells of the key as they were typed, for a row that cannot be read."""
        return self.sheet.name({one.name: row.cells.get(one.column.title, "") for one in self.fields})

    def take(self, row: Row) -> Taken:
        given = self._given(row)
        self._once(row, given)
        name = self.sheet.name(given)
        thing = self.sheet.find(given, self.by)
        if thing is None:
            with transaction.atomic():
                self.sheet.make({one.name: given.get(one.name, one.nothing) for one in self.fields}, self.by)
            return Taken(name, Fate.NEW)
        before = self.sheet.values(thing)
        changes = self._changes(before, given)
        if not changes:
            return Taken(name, Fate.SAME)
        with transaction.atomic():
            self.sheet.change(thing, {**before, **given}, frozenset(changes), self.by)
        return Taken(name, Fate.CHANGED, tuple(changes.values()))

    def finish(self) -> None:
        self.sheet.finish(self.by)

    def _given(self, row: Row) -> Values:
        """The filled-in cells, read. What is wrong with them is told of all at once, not of one after the other."""
        given: Values = {}
        wrong: dict[str, list[ValidationError]] = {}
        for one in self.fields:
            if not row.cells.get(one.column.title):
                continue
            try:
                given[one.name] = one.read(row.cells, one.column.title, self.names)
            except ValidationError as error:
                error.update_error_dict(wrong)
        if wrong:
            raise ValidationError(wrong)
        return given

    def _once(self, row: Row, given: Values) -> None:
        fields = [one for one in self.fields if one.name in self.sheet.key_fields]
        key = tuple(one.say(given.get(one.name, one.nothing), self.names) for one in fields)
        first = self._seen.setdefault(key, row.number)
        if first != row.number:
            raise ValidationError({fields[-1].column.title: f"与第{first}行重复，请只保留一行。"})

    def _changes(self, before: Values, given: Values) -> dict[str, Change]:
        """By field: what differs from what is there, as it stands in the cells."""
        found = {}
        for one in self.fields:
            if one.once or one.name not in given:
                continue
            old, new = one.say(before[one.name], self.names), one.say(given[one.name], self.names)
            if old != new:
                found[one.name] = Change(one.column.title, old, new)
        return found
