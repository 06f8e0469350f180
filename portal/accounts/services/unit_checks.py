"""What a unit's kind, name and code must be among the others: asked of the database or of what a table has read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import connection

from portal.accounts.models import Programme, Unit, UnitAlias
from portal.accounts.roles import PARENT_KINDS, UnitKind


class KnownUnits(Protocol):
    """Units of a programme, in use or not, by what only one of them may bear."""

    def named(self, name: str, kind: str) -> list[Unit]: ...

    def with_code(self, code: str) -> Unit | None: ...

    def above(self, unit: Unit) -> Unit | None: ...


class StoredUnits:
    """The units that the database knows; a query for each question."""

    def __init__(self, programme: Programme) -> None:
        self._units = Unit.objects.filter(programme=programme)

    def named(self, name: str, kind: str) -> list[Unit]:
        return list(self._units.filter(name=name, kind=kind))

    def with_code(self, code: str) -> Unit | None:
        return self._units.filter(code=code).first()

    def above(self, unit: Unit) -> Unit | None:
        return unit.parent


def lock_units() -> None:
    """One at a time writes the register of units, to the end of the transaction: nothing else keeps two from one name,
    and what was read of units holds until they are written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('accounts.units'))")


def check_parent(kind: str, parent: Unit | None) -> None:
    allowed = PARENT_KINDS[UnitKind(kind)]
    if parent is None:
        if allowed:
            raise ValidationError({"parent": "请选择上级单位。"})
        return
    if parent.kind not in allowed:
        wanted = "、".join(str(UnitKind(item).label) for item in UnitKind if item in allowed)
        raise ValidationError(
            {"parent": f"{UnitKind(kind).label}的上级单位须是：{wanted or '无'}。“{parent}”不在其中。"}
        )


def check_name_free(name: str, kind: str, parent: Unit | None, known: KnownUnits, unit: Unit | None = None) -> None:
    """No two units of a kind under one parent bear one name; ``unit`` is the one that is to bear it."""
    if not name.strip():
        raise ValidationError({"name": "请填写单位名称。"})
    parent_id = parent.pk if parent else None
    same = [
        one for one in known.named(name, kind) if one.parent_id == parent_id and (unit is None or one.pk != unit.pk)
    ]
    if same:
        raise ValidationError({"name": f"已有同名单位“{name}”，请核对是否重复登记。"})


def check_code_free(code: str, known: KnownUnits) -> None:
    if code and (other := known.with_code(code)):
        raise ValidationError({"code": f"编码“{code}”已用于“{other}”，请核对。"})


def check_aliases(aliases: Iterable[str]) -> None:
    longest = UnitAlias._meta.get_field("alias").max_length or 0
    if too_long := next((alias for alias in aliases if len(alias) > longest), ""):
        raise ValidationError(
            {"aliases": f"别名“{too_long[:longest]}……”超过{longest}字，请缩短；几个别名之间用“、”隔开。"}
        )


def check_not_below(parent: Unit, unit: Unit, known: KnownUnits) -> None:
    """``parent`` is neither ``unit`` nor stands under it."""
    above: Unit | None = parent
    for _ in range(20):  # the tree is five levels deep; the bound only guards against damaged data
        if above is None:
            return
        if above.pk == unit.pk:
            raise ValidationError({"parent": f"“{parent}”是“{unit}”的下级单位，不能作为它的上级。"})
        above = known.above(above)
