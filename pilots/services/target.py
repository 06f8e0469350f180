"""The office sets targets on indicators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from pilots.models import Indicator, Target, TargetMilestone
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.measures import level_called
from portal.saving import save_checked


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
    milestones: Sequence[tuple[date, Decimal]] = (),
) -> Target:
    """Make a target or change one; ``first`` and ``last`` are days, both included. ``milestones`` are days on the way
    and what shall be reached by them.

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
    _check_milestones(milestones, indicator, value, first, last)
    is_new = target is None
    target = target or Target(set_by=by)
    before = {} if is_new else _told(target)
    target.indicator, target.area, target.value, target.force = indicator, area, value, force
    target.during, target.among, target.basis = (first, last + timedelta(days=1)), among, basis.strip()
    save_checked(target)
    target.milestones.all().delete()
    TargetMilestone.objects.bulk_create(
        TargetMilestone(target=target, day=day, value=wanted) for day, wanted in sorted(milestones)
    )
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


def _check_milestones(
    milestones: Sequence[tuple[date, Decimal]], indicator: Indicator, value: Decimal, first: date, last: date
) -> None:
    """Days within the target's, each once, and on the way towards its value."""
    days = [day for day, _ in milestones]
    wanted = [number for _, number in sorted(milestones)]
    towards = [*wanted, value]
    if indicator.direction == Indicator.Direction.AT_MOST:
        towards.reverse()
    sentence = ""
    if any(not first <= day < last for day in days):
        sentence = "中途节点的日期须在目标的起止日期之间。"
    elif len(set(days)) < len(days):
        sentence = "同一天只能有一个中途节点。"
    elif any(number < 0 for number in wanted):
        sentence = "中途节点的数值不能小于0。"
    elif towards != sorted(towards):
        sentence = "中途节点的数值须一步步接近目标值，请核对。"
    if sentence:
        raise ValidationError({"milestones": sentence})


def _told(target: Target) -> dict[str, str]:
    return {
        "indicator": target.indicator.name,
        "area": target.area.name,
        "value": f"{target.value:f}",
        "force": target.force,
        "from": target.during.lower.isoformat(),
        "before": target.during.upper.isoformat(),
        "milestones": "、".join(f"{one.day.isoformat()} {one.value:f}" for one in target.milestones.all()),
    }
