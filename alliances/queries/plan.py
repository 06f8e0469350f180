"""Where every list and look-up of plans (一县一案、一校一案) starts."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from alliances.models import PLAN_NOUNS, Partnership, Plan
from alliances.queries.partnership import partnerships_for
from alliances.rules.posts import reads_all
from alliances.states.plan import PlanState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import official_order
from portal.accounts.roles import READER_ROLES, UNIT_ROLES, UnitKind


def plans_for(user: User) -> QuerySet[Plan]:
    """The plans that ``user`` may see.

    His own unit's; settled ones of what stands under it or is paired with it (a county's partner reads the county's
    plan and its schools'); the office all that are settled.
    """
    rows = Plan.objects.select_related("unit__parent").annotate(goal_count=Count("goals"))
    own = Q(unit__in=user.units_as(*READER_ROLES))
    settled = Q(state=PlanState.SETTLED)
    if reads_all(user):
        return rows.filter(own | settled)
    mine = [unit.pk for unit in user.units_as(*READER_ROLES)]
    parents = [unit.parent_id for unit in user.units_as(*READER_ROLES) if unit.kind == UnitKind.SCHOOL]
    paired = partnerships_for(user).order_by().values("county")
    near = Q(unit__parent__in=mine) | Q(unit__parent__parent__in=mine) | Q(unit__in=parents)
    return rows.filter(own | (settled & (near | Q(unit__in=paired) | Q(unit__parent__in=paired))))


def listed_plans(user: User, *, school_year: str = "", kind: str = "", text: str = "") -> QuerySet[Plan]:
    """The list, narrowed: the latest school year first, counties before their schools."""
    rows = plans_for(user)
    if school_year:
        rows = rows.filter(school_year=school_year)
    if kind:
        rows = rows.filter(unit__kind=kind)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(unit__name__icontains=text) | Q(summary__icontains=text))
    return rows.order_by("-school_year", *official_order("unit__"))


def plans_of_pair(pair: Partnership, user: User) -> list[Plan]:
    """What a pair's page shows: the plans of its county and of the county's schools that ``user`` may read."""
    rows = plans_for(user).filter(Q(unit=pair.county_id) | Q(unit__parent=pair.county_id))
    return list(rows.order_by("-school_year", *official_order("unit__"))[:12])


def units_to_plan_for(user: User) -> list[Unit]:
    """The units for which ``user`` writes plans."""
    return [unit for unit in user.units_as(*UNIT_ROLES) if unit.kind in PLAN_NOUNS]
