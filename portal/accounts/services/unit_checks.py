"""What a unit's kind, name and code must be among the others: asked of the database or of what a table has read."""

from __future__ import annotations

from typing import Protocol

from django.core.exceptions import ValidationError
from django.db import connection

from portal.accounts.models import Programme, Unit
from portal.accounts.roles import PARENT_KINDS, UnitKind


class KnownUnits(Protocol):
    """Units of a programme, in use or not, by what only one of them may bear."""

    def named(self, name: str, kind: str) -> list[Unit]: ...

    def with_code(self, code: str) -> Unit | None: ...


class StoredUnits:
    """The units that the database knows; a query for each question."""

    def __init__(self, programme: Programme) -> None:
        self._units = Unit.objects.filter(programme=programme)

    def named(self, name: str, kind: str) -> list[Unit]:
        return list(self._units.filter(name=name, kind=kind))

    def with_code(self, code: str) -> Unit | None:
        return self._units.filter(code=code).first()


def lock_names() -> None:
    """One at a time gives units their names, to the end of the transaction: nothing else keeps two from one name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('accounts.unit.names'))")


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
