"""Who may keep pairs, and who works on one: both sides for what is theirs, the office for the pair itself."""

from __future__ import annotations

from typing import Any

import rules

from alliances.rules.posts import is_office_worker
from portal.accounts.models import User
from portal.accounts.roles import UNIT_ROLES


@rules.predicate
def works_on_a_side(user: User, pair: Any) -> bool:
    """Works at the university or in the county of this pair."""
    return pair is not None and any(user.holds(*UNIT_ROLES, unit=side) for side in (pair.university_id, pair.county_id))


rules.add_perm("alliances.manage_partnerships", is_office_worker)
rules.add_perm("alliances.work_on_partnership", is_office_worker | works_on_a_side)
