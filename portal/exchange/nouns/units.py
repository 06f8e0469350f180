"""Units as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.accounts.forms.base import split_list
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import official_order, the_programme, units_for
from portal.accounts.roles import UnitKind
from portal.accounts.services.unit_registrar import LONG_AGO, Named, NewUnit, Placed, Registrar, UnitChange
from portal.accounts.services.unit_rows import wanted_aliases
from portal.exchange.cells import choice, day, number, shown, yes_or_no
from portal.exchange.names import Names
from portal.exchange.plan import Change, Fate, Taken
from portal.exchange.workbook import Column, Row

KINDS = {str(label): value for value, label in UnitKind.choices}
COLUMNS = (
    Column("类别", 14, required=True, choices=tuple(KINDS)),
    Column("名称", 34, required=True),
    Column("简称", 18),
    Column("别名", 26),
    Column("编码", 14),
    Column("上级单位", 26),
    Column("排列顺序", 10),
    Column("省外单位", 10, choices=("是", "否")),
    Column("在用", 8, choices=("是", "否")),
    Column("生效日期", 14),
)
NOTE = (
    "带*的必须填写。上级单位可填全称、简称、别名、编码或拼音；别名有多个时用“、”隔开。\n"
    "已登记的单位按编码识别，没有编码的按类别和名称识别；空着的格子保持原样。更名、调整上级单位时，生效日期不填则自导入当天起。"
)
#: Fields that are not dated, with their headings.
PLAIN = {"code": "编码", "official_order": "排列顺序", "is_outside": "省外单位", "is_active": "在用"}


class Units:
    """The register of units: the administrator keeps it, those who watch may take it out."""

    key, label, back, back_label = "units", "单位", "units", "单位与岗位"
    take, see = "accounts.manage_units", "accounts.view_units"
    columns, note = COLUMNS, NOTE

    def export(self, user: User) -> Iterator[list[object]]:
        return export(user)

    def taker(self, by: User) -> UnitTaker:
        return UnitTaker(by)


def export(user: User) -> Iterator[list[object]]:
    """All units in official order, with the same columns as the table that is taken in."""
    rows = units_for(user).select_related("parent").prefetch_related("aliases").order_by(*official_order())
    for unit in rows:
        aliases = "、".join(alias.alias for alias in unit.aliases.all())
        above = unit.parent.name if unit.parent else ""
        yes = [shown(flag) for flag in (unit.is_outside, unit.is_active)]
        yield [
            unit.get_kind_display(),
            unit.name,
            unit.short_name,
            aliases,
            unit.code,
            above,
            unit.official_order,
            *yes,
            "",
        ]


class UnitTaker:
    """Registers units that are not there yet; changes, renames and moves those that are; writes all of it together."""

    titles = {
        "kind": "类别",
        "name": "名称",
        "short_name": "简称",
        "aliases": "别名",
        "parent": "上级单位",
        "since": "生效日期",
        **PLAIN,
    }

    def __init__(self, by: User) -> None:
        self.by = by
        self.registrar = Registrar(the_programme(), by=by)
        self.names = Names()  # after the registrar: from now on nobody else gives names
        self.registrar.known = self.names
        self.opened: list[tuple[str, str]] = []
        self.seed = ""
        self._seen: dict[int, int] = {}

    def name_of(self, row: Row) -> str:
        return row.cells.get("名称", "")

    def take(self, row: Row) -> Taken:
        cells = row.cells
        kind = choice(cells, "类别", KINDS)
        parent = self.names.find(cells.get("上级单位", ""), "上级单位")
        plain = self._plain(cells)
        unit = self._known(cells, kind, parent)
        if unit is None:
            made = self._register(cells, kind, parent, plain)
            self._once(made, row)
            return Taken(made.name, Fate.NEW)
        if unit.kind != kind:
            raise ValidationError({"类别": f"已登记为“{unit.get_kind_display()}”，类别不能改。"})
        self._once(unit, row)
        changes = self._change(unit, cells, parent, plain)
        return Taken(unit.name, Fate.CHANGED if changes else Fate.SAME, tuple(changes))

    def finish(self) -> None:
        self.registrar.write()

    def _plain(self, cells: dict[str, str]) -> dict[str, Any]:
        """What stands in the cells that are not dated; what is empty is left out."""
        read = {
            "code": cells.get("编码") or None,
            "official_order": number(cells, "排列顺序"),
            "is_outside": yes_or_no(cells, "省外单位"),
            "is_active": yes_or_no(cells, "在用"),
        }
        return {name: value for name, value in read.items() if value is not None}

    def _known(self, cells: dict[str, str], kind: str, parent: Unit | None) -> Unit | None:
        if cells.get("编码") and (unit := self.names.with_code(cells["编码"])):
            return unit
        found = self.names.named(cells["名称"], kind)
        if len(found) > 1 and parent is not None:
            return next((unit for unit in found if unit.parent_id == parent.pk), None)
        if len(found) > 1:
            raise ValidationError({"上级单位": f"有多个“{cells['名称']}”，请填写上级单位或编码加以区分。"})
        return found[0] if found else None

    def _once(self, unit: Unit, row: Row) -> None:
        first = self._seen.setdefault(unit.pk, row.number)
        if first != row.number:
            raise ValidationError({"名称": f"与第{first}行是同一个单位，请只保留一行。"})

    def _register(self, cells: dict[str, str], kind: str, parent: Unit | None, plain: dict[str, Any]) -> Unit:
        aliases = split_list(cells.get("别名", ""))
        unit = self.registrar.add(
            NewUnit(
                kind=kind,
                name=cells["名称"],
                short_name=cells.get("简称", ""),
                parent=parent,
                aliases=aliases,
                since=day(cells, "生效日期") or LONG_AGO,
                **plain,
            )
        )
        self.names.put(unit, set(aliases))
        return unit

    def _change(self, unit: Unit, cells: dict[str, str], parent: Unit | None, plain: dict[str, Any]) -> list[Change]:
        """Change what differs from what is there; says what did."""
        present = self.names.aliases[unit.pk]
        how = self._wanted(unit, cells, parent, plain)
        changes = list(_told(unit, how, present))
        if changes:
            aliases = present if how.aliases is None else set(how.aliases)
            self.names.put(self.registrar.change(unit, how), aliases)
        return changes

    def _wanted(self, unit: Unit, cells: dict[str, str], parent: Unit | None, plain: dict[str, Any]) -> UnitChange:
        since = day(cells, "生效日期") or timezone.localdate()
        aliases = wanted_aliases(split_list(cells.get("别名", "")))
        name, short = cells["名称"], cells.get("简称") or unit.short_name
        return UnitChange(
            fields={name: value for name, value in plain.items() if getattr(unit, name) != value},
            aliases=aliases if aliases and set(aliases) != self.names.aliases[unit.pk] else None,
            named=Named(name, short, since) if (name, short) != (unit.name, unit.short_name) else None,
            placed=Placed(parent, since) if parent is not None and parent.pk != unit.parent_id else None,
        )


def _told(unit: Unit, how: UnitChange, aliases: set[str]) -> Iterator[Change]:
    """A change as a person reads it: ``unit`` and its ``aliases`` are as they were."""
    for name, value in how.fields.items():
        yield Change(PLAIN[name], shown(getattr(unit, name)), shown(value))
    if how.aliases is not None:
        yield Change("别名", "、".join(sorted(aliases)), "、".join(how.aliases))
    if how.named and how.named.name != unit.name:
        yield Change("名称", unit.name, how.named.name)
    if how.named and how.named.short_name != unit.short_name:
        yield Change("简称", unit.short_name, how.named.short_name)
    if how.placed:
        yield Change("上级单位", unit.parent.name if unit.parent else "", how.placed.parent.name)
