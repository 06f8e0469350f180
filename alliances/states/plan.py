"""States of a county's or school's plan (一县一案、一校一案)."""

from __future__ import annotations

from django.db import models

from portal.workflow import Transition


class PlanState(models.TextChoices):
    """A plan is its writer's own until he settles it; a settled one is read by partners and the office."""

    DRAFT = "draft", "起草中"
    SETTLED = "settled", "已定稿"


PLAN_TRANSITIONS = (
    Transition(
        "settle",
        "定稿",
        frozenset({PlanState.DRAFT}),
        PlanState.SETTLED,
        "alliances.write_plan",
        style="primary",
        confirm="定稿后，结对双方和省协同提质办可以看到这份方案。",
    ),
    Transition("revise", "修订", frozenset({PlanState.SETTLED}), PlanState.DRAFT, "alliances.write_plan", reason=True),
)
