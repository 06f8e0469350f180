"""Registering, renaming and moving units. Names and places are dated; today's stand on the unit too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Programme, Unit, UnitName, UnitPlacement, User
from portal.accounts.services.unit_checks import lock_units
from portal.accounts.services.unit_registrar import LONG_AGO, Named, NewUnit, Placed, Registrar, UnitChange


@transaction.atomic
def register_unit(
    *,
    programme: Programme,
    kind: str,
    name: str,
    parent: Unit | None,
    by: User | None,
    short_name: str = "",
    code: str = "",
    official_order: int = 9999,
    is_outside: bool = False,
    aliases: Sequence[str] = (),
    since: date = LONG_AGO,
) -> Unit:
    """A new unit with its first name and place. Raises ValidationError with a sentence per wrong field."""
    registrar = Registrar(programme, by=by)
    unit = registrar.add(
        NewUnit(
            kind=kind,
            name=name,
            parent=parent,
            short_name=short_name,
            code=code,
            official_order=official_order,
            is_outside=is_outside,
            aliases=aliases,
            since=since,
        )
    )
    registrar.write()
    return unit


@transaction.atomic
def rename_unit(unit: Unit, *, name: str, short_name: str = "", since: date, by: User | None) -> None:
    """Give ``unit`` another name from ``since`` on; earlier documents keep the earlier name."""
    _change(unit, UnitChange(named=Named(name, short_name, since)), by)


@transaction.atomic
def place_unit(unit: Unit, *, parent: Unit, since: date, by: User | None) -> None:
    """Put ``unit`` under another unit from ``since`` on; figures before stay where the unit was."""
    _change(unit, UnitChange(placed=Placed(parent, since)), by)


@transaction.atomic
def update_unit(unit: Unit, *, by: User | None, aliases: Sequence[str] | None = None, **fields: Any) -> Unit:
    """Change ``code``, ``official_order``, ``is_outside``, the aliases, and ``is_active`` (not since ``closed_on``).

    Raises ValidationError by field, for ``closed_on`` if that day is still to come.
    """
    return _change(unit, UnitChange(fields, aliases), by)


def _change(unit: Unit, how: UnitChange, by: User | None) -> Unit:
    registrar = Registrar(unit.programme, by=by)
    changed = registrar.change(Unit.objects.select_related("parent").get(pk=unit.pk), how)
    registrar.write()
    return changed


@transaction.atomic
def refresh_units(*, today: date | None = None) -> int:
    """Write today's name and place onto the units where they differ; returns how many differed."""
    lock_units()
    today = today or timezone.localdate()
    changed = []
    names = {row.unit_id: row for row in UnitName.objects.filter(during__contains=today)}
    parents = dict(UnitPlacement.objects.filter(during__contains=today).values_list("unit_id", "parent_id"))
    for unit in Unit.objects.all():
        name = names.get(unit.pk)
        wanted = (name.name, name.short_name) if name else (unit.name, unit.short_name)
        parent_id = parents.get(unit.pk, unit.parent_id)
        if (unit.name, unit.short_name, unit.parent_id) != (*wanted, parent_id):
            unit.name, unit.short_name = wanted
            unit.parent_id = parent_id
            changed.append(unit)
    Unit.objects.bulk_update(changed, ["name", "short_name", "parent"])
    return len(changed)
