"""Who keeps the register of pilots and the profiles of schools; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from pilots.queries.reach import sharing_units
from pilots.rules.confirming import is_planner
from pilots.rules.selection import takes_part
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES


@rules.predicate
def reads_register(user: User) -> bool:
    """Who the pilots are is no secret among those who take part, partners included."""
    return takes_part(user) or bool(sharing_units(user))


@rules.predicate
def works_for_school(user: User, school: Any) -> bool:
    """The school itself, or the unit it stands under (a county; a prefecture, S2; a university, S1)."""
    if not isinstance(school, Unit):
        return False
    return user.holds(*UNIT_ROLES, unit=school) or user.holds(*UNIT_ROLES, unit=school.parent_id or 0)


rules.add_perm("pilots.view_pilots", reads_register)
rules.add_perm("pilots.manage_pilots", is_planner)
rules.add_perm("pilots.view_profiles", takes_part)
rules.add_perm("pilots.write_profile", works_for_school | is_planner)
rules.add_perm("pilots.write_any_year", is_planner)
