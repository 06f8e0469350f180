"""Who may write a plan: the county or school itself."""

from __future__ import annotations

from typing import Any

import rules

from portal.accounts.models import User
from portal.accounts.roles import UNIT_ROLES


@rules.predicate
def writes_for_its_unit(user: User, plan: Any) -> bool:
    return plan is not None and user.holds(*UNIT_ROLES, unit=plan.unit_id)


rules.add_perm("alliances.write_plan", writes_for_its_unit)
