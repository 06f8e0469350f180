"""Who may call a meeting, keep its papers, and read them."""

from __future__ import annotations

from typing import Any

import rules

from alliances.rules.posts import is_office_worker
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import UNIT_ROLES


def hosting_units(user: User) -> list[Unit]:
    """The units for which ``user`` may call a meeting; the office's people for the office."""
    own = user.units_as(*UNIT_ROLES)
    return [the_office(), *own] if is_office_worker.test(user, None) else own


@rules.predicate
def calls_meetings(user: User, _obj: Any = None) -> bool:
    return user.holds(*UNIT_ROLES) or bool(is_office_worker.test(user, None))


@rules.predicate
def is_of_host(user: User, meeting: Any) -> bool:
    return meeting is not None and user.holds(*UNIT_ROLES, unit=meeting.host_id)


@rules.predicate
def is_without_pair(_user: User, meeting: Any) -> bool:
    return meeting is not None and meeting.partnership_id is None


@rules.predicate
def keeps_its_pairs_list(user: User, meeting: Any) -> bool:
    return meeting is not None and user.has_perm("alliances.add_work_items", meeting.partnership)


rules.add_perm("alliances.add_meeting", calls_meetings)
rules.add_perm("alliances.manage_meeting", is_of_host | is_office_worker)
rules.add_perm(
    "alliances.make_work_of_meeting", (is_of_host | is_office_worker) & (is_without_pair | keeps_its_pairs_list)
)
rules.add_perm("alliances.manage_bodies", is_office_worker)
