"""Who may call for reports, and who may answer for a unit; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from bulletins.rules.posts import UNIT_ROLES, is_desk
from bulletins.rules.submission import reports_for_unit
from portal.accounts.models import User
from portal.accounts.rules import is_editor


@rules.predicate
def takes_part_in_unit(user: User, target: Any) -> bool:
    """Whoever writes, sends or signs reports of the unit that is asked."""
    return target is not None and user.holds(*UNIT_ROLES, unit=target.unit_id)


rules.add_perm("bulletins.view_calls", is_desk)
rules.add_perm("bulletins.manage_calls", is_editor)
rules.add_perm("bulletins.write_for_call", takes_part_in_unit)
rules.add_perm("bulletins.answer_call", reports_for_unit)
