"""The office sets targets on indicators."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from pilots.models import Indicator, Target
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.measures import level_called


@transaction.atomic
def set_target(
    target: Target | None,
    *,
    by: User,
    indicator: Indicator,
    area: Unit,
    value: Decimal,
    force: str,
    first: date,
    last: date,
    among: str = "",
    basis: str = "",
) -> Target:
    """Make a target or change one; ``first`` and ``last`` are days, both included.

    Raises ValidationError with a sentence per field: ends before it begins, below zero, a second one at the same
    time. A change is kept in the audit with what stood before.
    """
    if not by.has_perm("pilots.manage_targets"):
        raise PermissionDenied
    if last < first:
        raise ValidationError({"last": "结束日期早于开始日期，请核对。"})
    if value < 0:
        raise ValidationError({"value": "目标值不能小于0。"})
    level = level_called(indicator.level)
    if among and (level is None or among not in dict(level.kinds())):
        raise ValidationError({"among": "没有这个类型，请重新选择。"})
    is_new = target is None
    target = target or Target(set_by=by)
    before = {} if is_new else _told(target)
    target.indicator, target.area, target.value, target.force = indicator, area, value, force
    target.during, target.among, target.basis = (first, last + timedelta(days=1)), among, basis.strip()
    target.full_clean()
    target.save()
    target.refresh_from_db()
    act, label = ("create", "设定目标") if is_new else ("update", "修改目标")
    record(target, f"pilots.target.{act}", label, by=by, before=before, after=_told(target))
    return target


@transaction.atomic
def delete_target(target: Target, *, by: User) -> None:
    """Take a target back that was set by mistake; the audit keeps what it was."""
    if not by.has_perm("pilots.manage_targets"):
        raise PermissionDenied
    record(target, "pilots.target.delete", "取消目标", by=by, before=_told(target))
    target.delete()


def _told(target: Target) -> dict[str, str]:
    return {
        "indicator": target.indicator.name,
        "area": target.area.name,
        "value": f"{target.value:f}",
        "force": target.force,
        "from": target.during.lower.isoformat(),
        "before": target.during.upper.isoformat(),
    }
