"""Who confirms for a unit: the level above it or the office, and never who has asked for it himself."""

from __future__ import annotations

from typing import Any

import rules

from portal.accounts.models import Unit, User
from portal.accounts.roles import REPORTING_ROLES, UNIT_ROLES, Role, UnitKind

#: Posts of the office that plan and confirm.
OFFICE_PLANNERS = (Role.EDITOR, Role.REVIEWER)
#: Posts of the level above that confirm.
CONFIRMING_ROLES = (*sorted(REPORTING_ROLES), Role.UNIT_APPROVER)
#: Levels that confirm what stands under them; for all others the office does.
CONFIRMING_KINDS = frozenset({UnitKind.COUNTY, UnitKind.PREFECTURE, UnitKind.UNIVERSITY})


def level_above(unit: Unit) -> Unit | None:
    """The unit that confirms for ``unit``: a school's county, prefecture or university, a county's prefecture."""
    return unit.parent if unit.parent is not None and unit.parent.kind in CONFIRMING_KINDS else None


def confirms_for(user: User, unit: Unit, asked_by: int | None) -> bool:
    """Whether ``user`` confirms for ``unit`` what the person ``asked_by`` has put forward."""
    if asked_by is not None and user.pk == asked_by:
        return False
    above = level_above(unit)
    hands = (asked_by,)
    at_level = above is not None and user.holds(*CONFIRMING_ROLES, unit=above, not_of=hands)
    return at_level or user.holds(*OFFICE_PLANNERS, not_of=hands)


@rules.predicate
def is_planner(user: User) -> bool:
    """The office plans for all."""
    return user.holds(*OFFICE_PLANNERS)


@rules.predicate
def works_for_owner(user: User, obj: Any) -> bool:
    """Does the work of the unit that owns it."""
    return obj is not None and user.holds(*UNIT_ROLES, unit=obj.unit_id)


@rules.predicate
def does_unit_work(user: User) -> bool:
    return user.holds(*UNIT_ROLES)
