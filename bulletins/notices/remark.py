"""Messages about leaders' remarks and the units' answers."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from bulletins.models import FollowUp, LeaderRemark
from bulletins.notices.audience import reporters_of
from portal.accounts.models import User
from portal.audit.models import history
from portal.notices.services import send_notice


def tell_passed(follow_ups: Iterable[FollowUp]) -> None:
    """转办: the unit's officers are asked to say what is being done."""
    for row in follow_ups:
        send_notice(
            occasion=f"follow-up:{row.pk}:passed",
            about=row,
            to=reporters_of(row.unit_id),
            template="remark_passed",
            context={"follow_up": row, "remark": row.remark},
            url=reverse("follow-up", args=[row.pk]),
            why=f"您是{row.unit.label}信息员",
        )


def tell_ask_again(follow_up: FollowUp) -> None:
    """请补充反馈: to the unit's officers, with what is wanted; each asking is an event of its own."""
    answers = history(follow_up).filter(action__endswith=".answer").count()
    send_notice(
        occasion=f"follow-up:{follow_up.pk}:again:{answers}",
        about=follow_up,
        to=reporters_of(follow_up.unit_id),
        template="remark_ask_again",
        context={"follow_up": follow_up, "remark": follow_up.remark},
        url=reverse("follow-up", args=[follow_up.pk]),
        why=f"您是{follow_up.unit.label}信息员",
    )


def tell_answered(follow_up: FollowUp) -> None:
    """A unit has answered: to who passed the remark on."""
    passed = history(follow_up.remark).filter(action__endswith=".pass_on").first()
    answers = history(follow_up).filter(action__endswith=".answer").count()
    send_notice(
        occasion=f"follow-up:{follow_up.pk}:answered:{answers}",
        about=follow_up.remark,
        to=[passed.by] if passed and passed.by else [],
        template="remark_answered",
        context={"follow_up": follow_up, "remark": follow_up.remark},
        url=reverse("remark", args=[follow_up.remark_id]),
        why="您转办了这件批示",
    )


def tell_closed(remark: LeaderRemark, *, by: User) -> None:
    """办结: the leader is shown what came of it."""
    leader = remark.leader
    send_notice(
        occasion=f"remark:{remark.pk}:closed",
        about=remark,
        to=[leader] if leader and leader != by else [],
        template="remark_closed",
        context={"remark": remark, "answers": remark.follow_ups.select_related("unit")},
        url=reverse("remark", args=[remark.pk]),
        why="这件批示由您作出",
    )
