"""Registering and changing units, one or thousands: each is checked as it comes, all are written together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.dispatch import Signal
from django.utils import timezone

from portal.accounts.models import Programme, Unit, UnitAlias, UnitName, UnitPlacement, User
from portal.accounts.roles import UnitKind
from portal.accounts.services.unit_checks import (
    KnownUnits,
    StoredUnits,
    check_aliases,
    check_code_free,
    check_name_free,
    check_not_below,
    check_parent,
    lock_units,
)
from portal.accounts.services.unit_rows import AT_ONCE, UPDATED_AT_ONCE, wanted_aliases, write_aliases, write_dated
from portal.audit.models import Entry, entry_of, record_all

#: Units registered without a date are taken to have existed since long before the programme.
LONG_AGO = date(1949, 10, 1)
#: What stands on the unit itself.
STORED = ("code", "official_order", "is_outside", "is_active", "closed_on", "name", "short_name", "parent_id")

#: Sent in the transaction in which units have got other places in the tree, also past ones; ``units`` are their ids.
units_placed = Signal()


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit as a form or a table hands it over."""

    kind: str
    name: str
    parent: Unit | None
    short_name: str = ""
    code: str = ""
    official_order: int = 9999
    is_outside: bool = False
    is_active: bool = True
    aliases: Sequence[str] = ()
    since: date = LONG_AGO


@dataclass(frozen=True, slots=True)
class Named:
    """A name from a day on."""

    name: str
    short_name: str
    since: date


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit above from a day on."""

    parent: Unit
    since: date


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What is to change of a unit. ``fields``: code, official_order, is_outside, is_active and, from which day it is
    not, closed_on (today where none is told).
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    aliases: Sequence[str] | None = None
    named: Named | None = None
    placed: Placed | None = None


@dataclass(frozen=True, slots=True)
class _Changed:
    before: Unit
    after: Unit
    how: UnitChange


class Registrar:
    """Enters units of ``programme`` and changes them; to be used within one transaction.

    ``known`` tells which units there are and what they have become here: the database, unless whoever uses it has read
    them all since this registrar is there and keeps them in step. Nobody else writes units meanwhile.
    What is refused (ValidationError by field) leaves nothing behind.
    """

    def __init__(self, programme: Programme, *, by: User | None) -> None:
        lock_units()
        self._programme, self._by = programme, by
        self.known: KnownUnits = StoredUnits(programme)
        self._added: list[tuple[Unit, NewUnit]] = []
        self._changed: list[_Changed] = []
        self._keys: list[int] = []
        self._taken = 0

    def add(self, new: NewUnit) -> Unit:
        """The unit with its key; it stands in the database after ``write``."""
        check_parent(new.kind, new.parent)
        check_name_free(new.name, new.kind, new.parent, self.known)
        check_code_free(new.code, self.known)
        check_aliases(new.aliases)
        unit = Unit(
            programme=self._programme,
            kind=new.kind,
            code=new.code,
            official_order=new.official_order,
            is_outside=new.is_outside,
            is_active=new.is_active,
            closed_on=None if new.is_active else timezone.localdate(),
            name=new.name,
            short_name=new.short_name,
            parent=new.parent,
        )
        unit.clean_fields(exclude={"programme", "parent"})
        if new.kind == UnitKind.PROVINCE_OFFICE:  # the code, the one other thing that is unique, is looked at above
            unit.validate_constraints()
        unit.pk = self._key()
        self._added.append((unit, new))
        return unit

    def change(self, unit: Unit, how: UnitChange) -> Unit:
        """``unit`` (read since this registrar is there) as it is today after the change; once per unit."""
        after = copy(unit)
        for name, value in how.fields.items():
            setattr(after, name, value)
        today = timezone.localdate()
        after.closed_on = None if after.is_active else after.closed_on or today
        if after.closed_on and after.closed_on > today:
            raise ValidationError({"closed_on": "停用日期不能晚于今天，到那一天再登记停用。"})
        if how.placed:
            check_parent(unit.kind, how.placed.parent)
            check_not_below(how.placed.parent, unit, self.known)
            if how.placed.since <= today:
                after.parent = how.placed.parent
        if how.named:
            check_name_free(how.named.name, unit.kind, after.parent, self.known, unit)
            _name_row(unit, how.named).clean_fields(exclude={"unit", "during"})
            if how.named.since <= today:
                after.name, after.short_name = how.named.name, how.named.short_name
        if after.code != unit.code:
            check_code_free(after.code, self.known)
        check_aliases(how.aliases or ())
        after.clean_fields(exclude={"programme", "parent"})
        self._changed.append(_Changed(unit, after, how))
        return after

    def write(self) -> None:
        """Store what was added and changed, with a record of each: a few statements however many units."""
        added, self._added = self._added, []
        changed, self._changed = self._changed, []
        _free_codes(changed)  # another one may have taken what a unit gives up
        entries = [*self._write_added(added), *self._write_changed(changed)]
        if entries:
            record_all(entries)

    def _write_added(self, added: Sequence[tuple[Unit, NewUnit]]) -> Iterator[Entry]:
        Unit.objects.bulk_create([unit for unit, _ in added], AT_ONCE)
        names = (_name_row(unit, Named(new.name, new.short_name, new.since)) for unit, new in added)
        UnitName.objects.bulk_create(names, AT_ONCE)
        places = (_place_row(unit, Placed(new.parent, new.since)) for unit, new in added if new.parent)
        UnitPlacement.objects.bulk_create(places, AT_ONCE)
        aliases = (UnitAlias(unit=unit, alias=alias) for unit, new in added for alias in wanted_aliases(new.aliases))
        UnitAlias.objects.bulk_create(aliases, AT_ONCE)
        for unit, new in added:
            yield self._entry(unit, "register", "登记单位", {"kind": new.kind, "name": new.name})

    def _write_changed(self, changed: Sequence[_Changed]) -> Iterator[Entry]:
        stored = [
            name for name in STORED if any(getattr(one.before, name) != getattr(one.after, name) for one in changed)
        ]
        if stored:
            Unit.objects.bulk_update([one.after for one in changed], stored, UPDATED_AT_ONCE)
        yield from self._write_plain(changed)
        yield from self._write_names([(one.before, one.how.named) for one in changed if one.how.named])
        yield from self._write_places([(one.before, one.how.placed) for one in changed if one.how.placed])

    def _write_plain(self, changed: Sequence[_Changed]) -> Iterator[Entry]:
        wanted = {one.before.pk: wanted_aliases(one.how.aliases) for one in changed if one.how.aliases is not None}
        others = write_aliases(wanted) if wanted else set()
        for one in changed:
            told = dict.fromkeys((*one.how.fields, "closed_on"))
            data = {
                name: value.isoformat() if isinstance(value := getattr(one.after, name), date) else value
                for name in told
                if getattr(one.before, name) != getattr(one.after, name)
            }
            if one.before.pk in others:
                data["aliases"] = wanted[one.before.pk]
            if data:
                yield self._entry(one.after, "update", "修改单位", {"changed": data})

    def _write_names(self, wanted: Sequence[tuple[Unit, Named]]) -> Iterator[Entry]:
        rows = {unit.pk: _name_row(unit, named) for unit, named in wanted}
        others = write_dated(UnitName, rows, ("name", "short_name")) if rows else set()
        for unit, named in wanted:
            if unit.pk in others:
                data = {"name": named.name, "since": named.since.isoformat()}
                yield self._entry(unit, "rename", "单位更名", data)

    def _write_places(self, wanted: Sequence[tuple[Unit, Placed]]) -> Iterator[Entry]:
        rows = {unit.pk: _place_row(unit, placed) for unit, placed in wanted}
        others = write_dated(UnitPlacement, rows, ("parent_id",)) if rows else set()
        if others:
            units_placed.send(Registrar, units=others)
        for unit, placed in wanted:
            if unit.pk in others:
                data = {"parent": placed.parent.name, "since": placed.since.isoformat()}
                yield self._entry(unit, "place", "调整隶属", data)

    def _entry(self, unit: Unit, act: str, label: str, data: Mapping[str, Any]) -> Entry:
        return entry_of(unit, f"accounts.unit.{act}", label, by=self._by, data=data)

    def _key(self) -> int:
        """The next key; fetched by twos, fours, eights …, so that one costs one statement and thousands a dozen."""
        if not self._keys:
            self._taken = max(1, 2 * self._taken)
            with connection.cursor() as cursor:
                sequence = "pg_get_serial_sequence('accounts_unit', 'id')"
                cursor.execute(f"SELECT nextval({sequence}) FROM generate_series(1, %s)", [self._taken])  # noqa: S608
                self._keys = [key for (key,) in reversed(cursor.fetchall())]
        return self._keys.pop()


def _name_row(unit: Unit, named: Named) -> UnitName:
    return UnitName(unit=unit, name=named.name, short_name=named.short_name, during=DateRange(named.since, None))


def _place_row(unit: Unit, placed: Placed) -> UnitPlacement:
    return UnitPlacement(unit=unit, parent=placed.parent, during=DateRange(placed.since, None))


def _free_codes(changed: Sequence[_Changed]) -> None:
    given_up = [one.before.pk for one in changed if one.before.code and one.before.code != one.after.code]
    if given_up:
        Unit.objects.filter(pk__in=given_up).update(code="")
