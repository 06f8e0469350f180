"""Registering units, one or thousands: each is checked as it comes, all are written together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from portal.accounts.models import Programme, Unit, UnitAlias, UnitName, UnitPlacement, User
from portal.accounts.roles import UnitKind
from portal.accounts.services.unit_checks import (
    KnownUnits,
    StoredUnits,
    check_code_free,
    check_name_free,
    check_parent,
    lock_names,
)
from portal.audit.models import entry_of, record_all

#: Units registered without a date are taken to have existed since long before the programme.
LONG_AGO = date(1949, 10, 1)
#: Rows in one statement.
AT_ONCE = 1_000


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


class Registrar:
    """Enters units of ``programme``; to be used within one transaction.

    ``known`` tells which units there are, those that were added here included; nobody else registers meanwhile.
    """

    def __init__(self, programme: Programme, *, by: User | None, known: KnownUnits | None = None) -> None:
        lock_names()
        self._programme, self._by = programme, by
        self.known = known or StoredUnits(programme)
        self._waiting: list[tuple[Unit, NewUnit]] = []
        self._keys: list[int] = []
        self._taken = 0

    def add(self, new: NewUnit) -> Unit:
        """The unit with its key; it stands in the database after ``write``. Raises ValidationError by field."""
        check_parent(new.kind, new.parent)
        check_name_free(new.name, new.kind, new.parent, self.known)
        check_code_free(new.code, self.known)
        unit = Unit(
            programme=self._programme,
            kind=new.kind,
            code=new.code,
            official_order=new.official_order,
            is_outside=new.is_outside,
            is_active=new.is_active,
            name=new.name,
            short_name=new.short_name,
            parent=new.parent,
        )
        unit.clean_fields(exclude={"programme", "parent"})
        if new.kind == UnitKind.PROVINCE_OFFICE:  # the code, the one other thing that is unique, is looked at above
            unit.validate_constraints()
        unit.pk = self._key()
        self._waiting.append((unit, new))
        return unit

    def write(self) -> None:
        """Store what was added, with first names, places, aliases and a record of each: a few statements."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        Unit.objects.bulk_create([unit for unit, _ in waiting], AT_ONCE)
        names = (
            UnitName(unit=unit, name=new.name, short_name=new.short_name, during=(new.since, None))
            for unit, new in waiting
        )
        UnitName.objects.bulk_create(names, AT_ONCE)
        places = (
            UnitPlacement(unit=unit, parent=new.parent, during=(new.since, None)) for unit, new in waiting if new.parent
        )
        UnitPlacement.objects.bulk_create(places, AT_ONCE)
        aliases = (UnitAlias(unit=unit, alias=alias) for unit, new in waiting for alias in wanted_aliases(new.aliases))
        UnitAlias.objects.bulk_create(aliases, AT_ONCE)
        record_all(
            entry_of(unit, "accounts.unit.register", "登记单位", by=self._by, data={"kind": new.kind, "name": new.name})
            for unit, new in waiting
        )

    def _key(self) -> int:
        """The next key; fetched by twos, fours, eights …, so that one costs one statement and thousands a dozen."""
        if not self._keys:
            self._taken = max(1, 2 * self._taken)
            with connection.cursor() as cursor:
                sequence = "pg_get_serial_sequence('accounts_unit', 'id')"
                cursor.execute(f"SELECT nextval({sequence}) FROM generate_series(1, %s)", [self._taken])  # noqa: S608
                self._keys = [key for (key,) in reversed(cursor.fetchall())]
        return self._keys.pop()


def wanted_aliases(aliases: Sequence[str]) -> list[str]:
    """Aliases as they are stored: trimmed, each once."""
    return sorted({alias.strip() for alias in aliases if alias.strip()})
