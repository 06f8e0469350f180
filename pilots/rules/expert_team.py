"""Who keeps teams of experts, and who says that an activity was a team's visit."""

from __future__ import annotations

from typing import Any

import rules

from alliances.rules.posts import is_office_worker
from portal.accounts.models import User
from portal.accounts.roles import UNIT_ROLES


@rules.predicate
def sends_an_expert(user: User, team: Any) -> bool:
    """Works in a unit that an expert of the team comes from."""
    if team is None:
        return False
    units = {member.unit_id for member in team.members.all()}
    return any(user.holds(*UNIT_ROLES, unit=unit) for unit in units)


rules.add_perm("pilots.manage_expert_teams", is_office_worker)
rules.add_perm("pilots.add_expert_visit", is_office_worker | sends_an_expert)
