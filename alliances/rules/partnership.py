"""Who may keep pairs, and who works on one: both sides for what is theirs, the office for the pair itself."""

from __future__ import annotations

from typing import Any

import rules

from portal.accounts.models import User
from portal.accounts.roles import UNIT_ROLES, Role, UnitKind


@rules.predicate
def is_office_worker(user: User, _obj: Any = None) -> bool:
    """Editors, reviewers and staff of the province office."""
    if user.holds(Role.EDITOR, Role.REVIEWER):
        return True
    return any(
        unit.kind == UnitKind.PROVINCE_OFFICE and user.holds(Role.STAFF, unit=unit)
        for unit in user.units_as(Role.STAFF)
    )


@rules.predicate
def works_on_a_side(user: User, pair: Any) -> bool:
    """Works at the university or in the county of this pair."""
    return pair is not None and any(user.holds(*UNIT_ROLES, unit=side) for side in (pair.university_id, pair.county_id))


rules.add_perm("alliances.manage_partnerships", is_office_worker)
rules.add_perm("alliances.work_on_partnership", is_office_worker | works_on_a_side)
