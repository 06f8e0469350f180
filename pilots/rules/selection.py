"""Who runs rounds of selection, who recommends, who gives an opinion, who decides; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from pilots.models import Candidate
from pilots.rules.posts import is_planner, takes_part
from portal.accounts.models import Unit, User
from portal.accounts.roles import SPEAKING_ROLES, UNIT_ROLES, UnitKind


@rules.predicate
def works_for_recommender(user: User, candidate: Any) -> bool:
    return isinstance(candidate, Candidate) and user.holds(*UNIT_ROLES, unit=candidate.recommended_by_id)


@rules.predicate
def speaks_for_recommender(user: User, candidate: Any) -> bool:
    """A recommendation leaves the unit in its name: staff writes it, the officer or approver sends it."""
    return isinstance(candidate, Candidate) and user.holds(*SPEAKING_ROLES, unit=candidate.recommended_by_id)


@rules.predicate
def works_in_unit(user: User, unit: Any) -> bool:
    return isinstance(unit, Unit) and user.holds(*UNIT_ROLES, unit=unit)


@rules.predicate
def works_in_university(user: User) -> bool:
    return any(unit.kind == UnitKind.UNIVERSITY for unit in user.units_as(*UNIT_ROLES))


rules.add_perm("pilots.view_rounds", takes_part)
rules.add_perm("pilots.manage_rounds", is_planner)
rules.add_perm("pilots.put_forward", works_in_unit)
rules.add_perm("pilots.fill_candidate", works_for_recommender)
rules.add_perm("pilots.recommend_candidate", speaks_for_recommender)
rules.add_perm("pilots.give_opinion", works_in_university)
rules.add_perm("pilots.decide_candidate", is_planner)
