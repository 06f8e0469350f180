"""Every write to a plan (一县一案、一校一案): writing it, settling it, taking it up again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from alliances.models import PLAN_NOUNS, Plan, PlanGoal
from alliances.notices.plan import tell_settled
from alliances.states.plan import PlanState
from alliances.validators import check_length
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES, UnitKind
from portal.audit.models import record
from portal.periods import parse_period, school_year_of
from portal.refusals import Refused
from portal.saving import save_checked
from portal.workflow import moving, started

#: A plan with more goals is a list of work.
MOST_GOALS = 30


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal as typed: what, by what it is measured, until when."""

    goal: str
    measure: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What stands in a plan, as a form or a serializer hands it over."""

    title: str
    summary: str = ""
    goals: Sequence[Goal] = field(default_factory=tuple)


@transaction.atomic
def start_plan(unit: Unit, words: PlanWords, *, by: User, school_year: str) -> Plan:
    """A draft for ``unit`` and a school year (``2024-2025``).

    Raises PermissionDenied for who does not work there, ValidationError by field: a unit that has no plan, no such
    school year, a second plan of a year, no title.
    """
    if not by.holds(*UNIT_ROLES, unit=unit):
        raise PermissionDenied
    if unit.kind not in PLAN_NOUNS:
        raise ValidationError({"unit": f"{UnitKind(unit.kind).label}没有一县一案或一校一案。"})
    year = parse_period(school_year)
    if year is None or year != school_year_of(year.start):
        raise ValidationError({"school_year": "没有这个学年，请写成“2024-2025”的样子。"})
    plan = Plan(unit=unit, school_year=year.key)
    _write(plan, words)
    started(plan, f"起草{plan.noun}", by=by)
    return plan


@transaction.atomic
def save_plan(plan: Plan, words: PlanWords, *, by: User) -> Plan:
    """Write on a draft. Raises PermissionDenied, Refused for a settled one, ValidationError by field."""
    locked = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not by.has_perm("alliances.write_plan", locked):
        raise PermissionDenied
    if locked.state != PlanState.DRAFT:
        raise Refused("方案已经定稿；要修改请先点“修订”。")
    _write(locked, words)
    record(locked, "alliances.plan.update", "修改方案", by=by)
    return locked


def settle_plan(plan: Plan, *, by: User) -> Plan:
    """It holds, and partners and the office read it. Raises Refused where it has no goal."""
    with moving(plan, "settle", by=by) as locked:
        if not locked.goals.exists():
            raise Refused("方案还没有目标，请至少写一条再定稿。")
        tell_settled(locked)
    return plan


def revise_plan(plan: Plan, *, by: User, reason: str) -> Plan:
    """It becomes a draft again; others do not see it until it is settled anew."""
    with moving(plan, "revise", by=by, reason=reason):
        pass
    return plan


#: The service behind each button of the transition table.
ACTS: dict[str, Callable[..., Plan]] = {"settle": settle_plan, "revise": revise_plan}


def _write(plan: Plan, words: PlanWords) -> None:
    goals = [goal for goal in words.goals if goal.goal.strip()]
    if len(goals) > MOST_GOALS:
        raise ValidationError(f"目标最多{MOST_GOALS}条，请合并。")
    plan.title, plan.summary = words.title.strip(), words.summary.strip()
    check_length("summary", "主要内容", plan.summary)
    save_checked(plan)
    plan.goals.all().delete()
    rows = [
        PlanGoal(plan=plan, order=order, goal=goal.goal.strip(), measure=goal.measure.strip(), due=goal.due)
        for order, goal in enumerate(goals, 1)
    ]
    for row in rows:
        row.full_clean(exclude=["plan"])
    PlanGoal.objects.bulk_create(rows)
