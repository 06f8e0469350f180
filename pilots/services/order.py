"""Meeting a need (订单式): the order ends in an activity, recorded before or here, and never typed twice."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from alliances.models import Need
from alliances.services.need import finishing_need
from pilots.models import Activity, ActivityKind, NeedActivity
from pilots.queries.order import activities_for_need
from pilots.services.activity import Facts, record_activity
from portal.accounts.models import User
from portal.accounts.roles import UNIT_ROLES


def finish_with_activity(need: Need, activity: Activity, *, by: User) -> NeedActivity:
    """已完成: ``activity``, which either side has recorded since, is what the need became.

    Raises ValidationError for an activity of somebody else or from before, WrongState where it is done already.
    """
    with finishing_need(need, by=by) as locked:
        if not activities_for_need(locked).filter(pk=activity.pk).exists():
            raise ValidationError({"activity": "这项活动不是双方在提出需求以后登记的，请重新选择。"})
        return NeedActivity.objects.create(need=locked, activity=activity)


@transaction.atomic
def finish_with_new_activity(need: Need, *, by: User, kind: ActivityKind, held_on: date, place: str = "") -> Activity:
    """已完成, with an activity recorded on the spot by the side that ``by`` works for; the other is its partner."""
    taker = need.taker
    if taker is None or not by.has_perm("alliances.settle_need", need):
        raise PermissionDenied
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": "活动日期在今天之后。活动开展以后再登记完成。"})
    unit, other = (taker, need.unit) if by.holds(*UNIT_ROLES, unit=taker) else (need.unit, taker)
    facts = Facts(kind=kind, start=held_on, end=held_on, place=place.strip(), partners=[other], about=need.what)
    with finishing_need(need, by=by) as locked:
        activity = record_activity(facts, unit=unit, by=by)
        NeedActivity.objects.create(need=locked, activity=activity)
    return activity
