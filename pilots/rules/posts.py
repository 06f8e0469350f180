"""Who takes part at all, and who works for what a thing belongs to: the rules of every noun are composed of these."""

from __future__ import annotations

from typing import Any

import rules

from alliances.rules.posts import reads_all
from pilots.queries.reach import sharing_units
from portal.accounts.models import Unit, User
from portal.accounts.roles import OFFICE_PLANNERS, UNIT_ROLES


@rules.predicate
def is_planner(user: User) -> bool:
    """The office plans for all."""
    return user.holds(*OFFICE_PLANNERS)


@rules.predicate
def does_unit_work(user: User) -> bool:
    return user.holds(*UNIT_ROLES)


@rules.predicate
def works_for_owner(user: User, obj: Any) -> bool:
    """Does the work of the unit that owns it."""
    return obj is not None and user.holds(*UNIT_ROLES, unit=obj.unit_id)


def may_enter_for(user: User, unit: Unit) -> bool:
    """New tasks and outputs: the office for every unit in use, others for units in which they work."""
    return unit.is_active and (is_planner(user) or user.holds(*UNIT_ROLES, unit=unit))


@rules.predicate
def takes_part(user: User) -> bool:
    """Whoever works in the office or in a unit; which rows he sees, the queryset says."""
    return reads_all(user) or does_unit_work(user)


@rules.predicate
def shares_in(user: User) -> bool:
    """The same and a partner's contact (合作单位联系人), where partners share in things of the kind."""
    return reads_all(user) or bool(sharing_units(user))
