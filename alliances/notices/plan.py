"""A plan was settled: to those who work along with it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from alliances.models import Plan
from alliances.queries.partnership import partnerships_on
from portal.accounts.models import Unit
from portal.accounts.roles import DOING_ROLES, UnitKind
from portal.notices.audience import holders
from portal.notices.services import send_notice


def tell_settled(plan: Plan) -> None:
    """A county's plan goes to the universities paired with it, a school's to its county."""
    for unit in _readers(plan):
        send_notice(
            occasion=f"plan:{plan.pk}:settled:{timezone.now().timestamp():.6f}",
            about=plan,
            to=holders(*DOING_ROLES, units=[unit]),
            template="plan_settled",
            context={"plan": plan},
            url=reverse("plan", args=[plan.pk]),
            why=f"您负责{unit.label}的工作",
        )


def _readers(plan: Plan) -> list[Unit]:
    if plan.unit.kind == UnitKind.SCHOOL:
        return [plan.unit.parent] if plan.unit.parent else []
    return [pair.university for pair in partnerships_on().filter(county=plan.unit)]
