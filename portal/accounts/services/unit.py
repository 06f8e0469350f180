"""Registering, renaming and moving units. Names and places are dated; today's stand on the unit too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import Programme, Unit, UnitAlias, UnitName, UnitPlacement, User
from portal.accounts.services.unit_checks import (
    StoredUnits,
    check_code_free,
    check_name_free,
    check_parent,
    lock_names,
)
from portal.accounts.services.unit_registrar import LONG_AGO, NewUnit, Registrar, wanted_aliases
from portal.audit.models import record


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
    lock_names()
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    current = unit.names.filter(during__contains=since).first()
    if current and (current.name, current.short_name) == (name, short_name):
        return
    check_name_free(name, unit.kind, unit.parent, StoredUnits(unit.programme), unit)
    _supersede(unit.names.all(), since)
    UnitName(unit=unit, name=name, short_name=short_name, during=(since, None)).save()
    record(unit, "accounts.unit.rename", "单位更名", by=by, name=name, since=since.isoformat())
    refresh_units(Q(pk=unit.pk))


@transaction.atomic
def place_unit(unit: Unit, *, parent: Unit, since: date, by: User | None) -> None:
    """Put ``unit`` under another unit from ``since`` on; figures before stay where the unit was."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    check_parent(unit.kind, parent)
    if _is_below(parent, unit):
        raise ValidationError({"parent": f"“{parent}”是“{unit}”的下级单位，不能作为它的上级。"})
    current = unit.placements.filter(during__contains=since).first()
    if current and current.parent_id == parent.pk:
        return
    _supersede(unit.placements.all(), since)
    UnitPlacement.objects.create(unit=unit, parent=parent, during=(since, None))
    record(unit, "accounts.unit.place", "调整隶属", by=by, parent=parent.name, since=since.isoformat())
    refresh_units(Q(pk=unit.pk))


@transaction.atomic
def update_unit(unit: Unit, *, by: User | None, aliases: Sequence[str] | None = None, **fields: Any) -> Unit:
    """Change what is not dated: ``code``, ``official_order``, ``is_active``, ``is_outside`` and the aliases."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    changed = {name: value for name, value in fields.items() if getattr(unit, name) != value}
    if "code" in changed:
        check_code_free(changed["code"], StoredUnits(unit.programme))
    for name, value in changed.items():
        setattr(unit, name, value)
    unit.full_clean()
    unit.save()
    if aliases is not None and set_aliases(unit, aliases):
        changed["aliases"] = list(aliases)
    if changed:
        record(unit, "accounts.unit.update", "修改单位", by=by, changed=changed)
    return unit


def set_aliases(unit: Unit, aliases: Sequence[str]) -> bool:
    """Make the aliases of ``unit`` exactly ``aliases``; says whether anything changed."""
    wanted = set(wanted_aliases(aliases))
    present = set(unit.aliases.values_list("alias", flat=True))
    unit.aliases.filter(alias__in=present - wanted).delete()
    UnitAlias.objects.bulk_create(UnitAlias(unit=unit, alias=alias) for alias in sorted(wanted - present))
    return wanted != present


def refresh_units(which: Q | None = None, *, today: date | None = None) -> int:
    """Write today's name and place onto the units where they differ; returns how many differed."""
    today = today or timezone.localdate()
    changed = []
    names = {row.unit_id: row for row in UnitName.objects.filter(during__contains=today)}
    parents = dict(UnitPlacement.objects.filter(during__contains=today).values_list("unit_id", "parent_id"))
    for unit in Unit.objects.filter(which or Q()):
        name = names.get(unit.pk)
        wanted = (name.name, name.short_name) if name else (unit.name, unit.short_name)
        parent_id = parents.get(unit.pk, unit.parent_id)
        if (unit.name, unit.short_name, unit.parent_id) != (*wanted, parent_id):
            unit.name, unit.short_name = wanted
            unit.parent_id = parent_id
            changed.append(unit)
    Unit.objects.bulk_update(changed, ["name", "short_name", "parent"])
    return len(changed)


def _supersede(rows: Any, since: date) -> None:
    """End what holds on ``since`` the day before, and drop what was planned to begin on it or later."""
    for row in rows:
        if row.during.lower and row.during.lower >= since:
            row.delete()
        elif row.during.upper is None or row.during.upper > since:
            row.during = (row.during.lower, since)
            row.save()


def _is_below(unit: Unit, above: Unit) -> bool:
    """Whether ``unit`` is ``above`` or stands under it."""
    seen: Unit | None = unit
    for _ in range(20):  # the tree is five levels deep; the bound only guards against damaged data
        if seen is None:
            return False
        if seen.pk == above.pk:
            return True
        seen = seen.parent
    return False
