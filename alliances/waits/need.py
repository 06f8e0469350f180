"""What waits for whom while a need is open; read by the one mutator."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alliances.models import Need
from alliances.queries.need import addressees, ordered_needs
from alliances.states.need import NEED_TRANSITIONS, NeedState
from portal.accounts.roles import DOING_ROLES
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def need_waits(need: Need) -> Iterable[Wait]:
    """To be taken by whom it is addressed to, then confirmed by who asked, then told as done by the taker."""
    title, url = f"{need.unit.label}：{need.what}", reverse("need", args=[need.pk])
    if need.state == NeedState.PROPOSED:
        for university in addressees(need):
            yield Wait(title, "认领需求", url, unit=university, roles=DOING_ROLES, due=need.wanted_by)
    elif need.state == NeedState.CLAIMED:
        yield Wait(title, "确认安排", url, unit=need.unit, roles=DOING_ROLES, due=need.planned_on)
    elif need.state == NeedState.ARRANGED:
        yield Wait(title, "登记完成", url, unit=need.taker, roles=DOING_ROLES, due=need.planned_on)


register(Need, Workflow("需求", NEED_TRANSITIONS, need_waits))
add_awaited(Need, ordered_needs)
