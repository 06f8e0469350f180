"""What waits for whom while a leader's remark is being dealt with; read by the one mutator."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from bulletins.models import FollowUp, LeaderRemark
from bulletins.queries.remark import awaited_answers, remark_addresses
from bulletins.states import FOLLOW_UP_TRANSITIONS, REMARK_TRANSITIONS, FollowUpState, RemarkState
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import REPORTING_ROLES, Role
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def remark_waits(remark: LeaderRemark) -> Iterable[Wait]:
    """The editor passes it on, and closes it when every unit has answered."""
    url = reverse("remark", args=[remark.pk])
    if remark.state == RemarkState.RECORDED:
        yield Wait(str(remark), "转办批示", url, unit=the_office(), roles=(Role.EDITOR,))
    elif remark.state == RemarkState.PASSED and not remark.follow_ups.filter(state=FollowUpState.OPEN).exists():
        yield Wait(str(remark), "批示办结", url, unit=the_office(), roles=(Role.EDITOR,))


def follow_up_waits(follow_up: FollowUp) -> Iterable[Wait]:
    """The unit's officer answers as long as the remark is not closed."""
    if follow_up.state == FollowUpState.OPEN and follow_up.remark.state != RemarkState.CLOSED:
        url = reverse("follow-up", args=[follow_up.pk])
        roles = tuple(sorted(REPORTING_ROLES))
        yield Wait(str(follow_up.remark), "反馈落实情况", url, unit=follow_up.unit, roles=roles, due=follow_up.due)


register(LeaderRemark, Workflow("批示", REMARK_TRANSITIONS, remark_waits))
register(FollowUp, Workflow("落实情况", FOLLOW_UP_TRANSITIONS, follow_up_waits))
add_awaited(FollowUp, awaited_answers, remark_addresses)
