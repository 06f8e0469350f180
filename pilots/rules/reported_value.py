"""Who reports figures, who reads them, who sets indicators and closes periods; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from pilots.models import ReportedValue
from pilots.queries.reported import entering_units
from pilots.rules.confirming import CONFIRMING_KINDS
from pilots.rules.posts import is_planner, takes_part
from portal.accounts.models import User
from portal.accounts.roles import UNIT_ROLES


@rules.predicate
def enters(user: User, value: Any) -> bool:
    """Works for the unit, or for an area above it where the indicator lets that enter."""
    if not isinstance(value, ReportedValue):
        return False
    if user.holds(*UNIT_ROLES, unit=value.unit_id):
        return True
    return value.indicator.entered_above and value.unit_id in entering_units(user)


@rules.predicate
def works_in_area(user: User) -> bool:
    """Works in a bureau or a university that has units under it: he brings their sheets to mind."""
    return any(unit.kind in CONFIRMING_KINDS for unit in user.units_as(*UNIT_ROLES))


rules.add_perm("pilots.view_values", takes_part)
rules.add_perm("pilots.enter_value", enters)
rules.add_perm("pilots.correct_closed_value", is_planner)
rules.add_perm("pilots.comment_value", takes_part)
rules.add_perm("pilots.remind_late", is_planner | works_in_area)
rules.add_perm("pilots.manage_indicators", is_planner)
rules.add_perm("pilots.close_figures", is_planner)
