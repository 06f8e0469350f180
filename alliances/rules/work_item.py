"""Who may put an item on a work list, change it, and do it."""

from __future__ import annotations

from typing import Any

import rules

from alliances.models import Alliance, JointMeeting
from alliances.rules.partnership import works_on_a_side
from alliances.rules.posts import is_office_worker
from portal.accounts.models import User
from portal.accounts.roles import UNIT_ROLES


@rules.predicate
def leads_the_alliance(user: User, pair: Any) -> bool:
    """Works at the leading university, where something concerns the whole alliance and no single pair."""
    leads = Alliance.objects.filter(lead__in=user.units_as(*UNIT_ROLES)).values_list("lead", flat=True)
    return pair is None and any(user.holds(*UNIT_ROLES, unit=lead) for lead in leads)


@rules.predicate
def is_of_owner(user: User, item: Any) -> bool:
    return item is not None and user.holds(*UNIT_ROLES, unit=item.owner_id)


@rules.predicate
def keeps_its_list(user: User, item: Any) -> bool:
    """Works on the pair, or for the alliance, whose list it stands on."""
    return item is not None and bool((works_on_a_side | leads_the_alliance).test(user, item.partnership))


@rules.predicate
def keeps_its_meeting(user: User, item: Any) -> bool:
    """Works for the unit whose meeting decided on it, where that was no pair's."""
    if item is None or item.partnership_id is not None:
        return False
    return any(
        user.holds(*UNIT_ROLES, unit=host)
        for host in JointMeeting.objects.filter(decisions__work_item=item).values_list("host", flat=True)
    )


rules.add_perm("alliances.add_work_items", is_office_worker | works_on_a_side | leads_the_alliance)
rules.add_perm("alliances.manage_work_item", is_office_worker | keeps_its_list | keeps_its_meeting)
rules.add_perm("alliances.do_work_item", is_office_worker | is_of_owner)
