"""Who may do what with outputs (成果); asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from pilots.rules.confirming import confirms_for
from pilots.rules.posts import does_unit_work, is_planner, shares_in, works_for_owner
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.accounts.rules import holds_post


@rules.predicate
def confirms(user: User, output: Any) -> bool:
    """The level above or the office, aside from who proposed it, and for whom."""
    return output is not None and confirms_for(user, output.unit, output, output.proposed_by_id)


@rules.predicate
def stands_above(user: User, output: Any) -> bool:
    return output is not None and confirms_for(user, output.unit)


#: As with the bulletin: who reviews and signs decides what is public.
publishes = holds_post(Role.REVIEWER, Role.ISSUER)

rules.add_perm("pilots.view_outputs", shares_in)
rules.add_perm("pilots.add_output", is_planner | does_unit_work)
rules.add_perm("pilots.change_output", works_for_owner | is_planner)
rules.add_perm("pilots.confirm_output", confirms)
rules.add_perm("pilots.strike_output", stands_above)
rules.add_perm("pilots.publish_output", publishes)
