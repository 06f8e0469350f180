"""Who keeps the register of pilots and the profiles of schools; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from pilots.rules.posts import does_unit_work, is_planner, shares_in, takes_part
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES


@rules.predicate
def works_for_school(user: User, school: Any) -> bool:
    """The school itself, or the unit it stands under (a county; a prefecture, S2; a university, S1)."""
    if not isinstance(school, Unit):
        return False
    return user.holds(*UNIT_ROLES, unit=school) or user.holds(*UNIT_ROLES, unit=school.parent_id or 0)


# Who the pilots are is no secret among those who take part, partners included.
rules.add_perm("pilots.view_pilots", shares_in)
rules.add_perm("pilots.manage_pilots", is_planner)
rules.add_perm("pilots.view_profiles", takes_part)
rules.add_perm("pilots.write_profile", works_for_school | is_planner)
# A table of them; each row is asked for again.
rules.add_perm("pilots.write_profiles", does_unit_work | is_planner)
rules.add_perm("pilots.write_any_year", is_planner)
