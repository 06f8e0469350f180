"""Asking for 年终材料."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.jobs.models import JobState
from portal.jobs.services import enqueue
from portal.packs.models import Pack
from portal.packs.queries import is_year, open_packs, packs_for, units_to_pack
from portal.periods import Period
from portal.refusals import Refused

MAKE_PACK = "year-end-pack"
#: However much there is: what takes longer has come to a halt.
LONGEST_SECONDS = 1800


@transaction.atomic
def order_pack(*, unit: Unit, period: Period, by: User) -> Pack:
    """Have a worker put the material of ``unit`` for a year together; clicked twice it is one pack.

    What failed is tried again. Raises Refused for a year that has not begun and while a colleague has the same made,
    PermissionDenied for a unit that is not his to look at.
    """
    if not by.has_perm("packs.make_pack") or not units_to_pack(by).filter(pk=unit.pk).exists():
        raise PermissionDenied
    if not is_year(period):
        raise Refused("请选择一个已经开始的年份或学年。")
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)  # two clicks at once come one after the other
    if going := open_packs(unit, period).first():
        if going.asked_by_id != by.pk:
            raise Refused(f"{going.asked_by}正在制作{going}，同一单位同一年度一次只做一份，请稍候再点。")
        return going
    pack = _failed(unit, period, by) or _new(unit, period, by)
    pack.job = enqueue(kind=MAKE_PACK, key=f"pack:{pack.pk}", payload={"pack": pack.pk}, by=by)
    pack.asked_at = timezone.now()
    pack.save(update_fields=["job", "asked_at"])
    return pack


def _failed(unit: Unit, period: Period, by: User) -> Pack | None:
    return packs_for(by).filter(unit=unit, period=period.key, job__state=JobState.FAILED).first()


def _new(unit: Unit, period: Period, by: User) -> Pack:
    pack = Pack.objects.create(unit=unit, period=period.key, asked_by=by)
    record(pack, "packs.pack.order", "制作年终材料", by=by, unit=unit.name, period=period.label)
    return pack
