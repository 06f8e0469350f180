"""Keeping the kinds of need (需求类型). A kind is never deleted: what was ordered under it keeps its word."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from alliances.models import NeedKind
from portal.accounts.models import User
from portal.audit.models import record
from portal.saving import save_checked


@transaction.atomic
def save_need_kind(kind: NeedKind | None, *, by: User, name: str, order: int, is_active: bool) -> NeedKind:
    """Add a kind (None), or rename it, move it, take it out of use; needs of a kind out of use keep it.

    Raises PermissionDenied for whom they are not, ValidationError by field: a name there is already, the last in use.
    """
    if not by.has_perm("alliances.manage_need_kinds"):
        raise PermissionDenied
    in_use = [one.pk for one in NeedKind.objects.select_for_update().filter(is_active=True)]
    if not is_active and not set(in_use) - {kind.pk if kind else 0}:
        raise ValidationError({"is_active": "至少要有一个在用的类型，否则谁也不能提出需求。请先启用或添加另一个。"})
    is_new, kind = kind is None, kind or NeedKind()
    kind.name, kind.order, kind.is_active = name.strip(), order, is_active
    if NeedKind.objects.filter(name=kind.name).exclude(pk=kind.pk).exists():
        raise ValidationError({"name": f"已有名为“{kind.name}”的类型，请换一个名称，或修改原来的类型。"})
    save_checked(kind)
    action, label = ("create", "添加需求类型") if is_new else ("update", "修改需求类型")
    record(kind, f"alliances.needkind.{action}", label, by=by, name=kind.name, order=order, is_active=is_active)
    return kind
