"""A plan that is being written waits for its own unit."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alliances.models import Plan
from alliances.states.plan import PLAN_TRANSITIONS, PlanState
from portal.accounts.roles import DOING_ROLES
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def plan_waits(plan: Plan) -> Iterable[Wait]:
    if plan.state == PlanState.DRAFT:
        yield Wait(plan.title, f"定稿{plan.noun}", reverse("plan", args=[plan.pk]), unit=plan.unit, roles=DOING_ROLES)


register(Plan, Workflow("方案", PLAN_TRANSITIONS, plan_waits))
