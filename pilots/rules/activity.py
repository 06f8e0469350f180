"""Who records activities, who answers for the other side, and who sets targets; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from pilots.models import Activity
from pilots.queries.activity_match import related_units, sides_of
from pilots.queries.reach import reads_all, sharing_units
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES, Role, UnitKind
from portal.accounts.rules import holds_post

#: Who works for the office where it takes part itself.
_OFFICE_WRITERS = (Role.EDITOR, Role.REVIEWER)

is_office = holds_post(*_OFFICE_WRITERS)


@rules.predicate
def works_for(user: User, unit: Any) -> bool:
    """Whoever does the daily work of ``unit``; without a unit, of any."""
    if unit is None:
        return bool(user.units_as(*UNIT_ROLES)) or user.holds(*_OFFICE_WRITERS)
    if not isinstance(unit, Unit):
        return False
    return user.holds(*UNIT_ROLES, unit=unit) or (
        unit.kind == UnitKind.PROVINCE_OFFICE and user.holds(*_OFFICE_WRITERS)
    )


@rules.predicate
def recorded_it(user: User, activity: Any) -> bool:
    """Whoever works for the unit whose record it is."""
    return isinstance(activity, Activity) and works_for(user, activity.unit)


@rules.predicate
def is_other_side(user: User, activity: Any) -> bool:
    """Whoever works for a partner named in it, and not for the unit that recorded it."""
    if not isinstance(activity, Activity) or recorded_it(user, activity):
        return False
    return any(works_for(user, partner) for partner in activity.partners.all())


@rules.predicate
def is_one_side(user: User, activity: Any) -> bool:
    """Whoever works for a unit on either side of the event, as both records name them."""
    return isinstance(activity, Activity) and any(user.holds(*UNIT_ROLES, unit=unit) for unit in sides_of(activity))


@rules.predicate
def is_related(user: User, activity: Any) -> bool:
    """Whoever works for a side, or for a unit whose own record may tell of the same event."""
    return isinstance(activity, Activity) and any(
        user.holds(*UNIT_ROLES, unit=unit) for unit in related_units(activity)
    )


@rules.predicate
def sees_activities(user: User) -> bool:
    """Whoever works in the office or in a unit that takes part; which ones he sees, the queryset says."""
    return reads_all(user) or bool(sharing_units(user))


rules.add_perm("pilots.view_activities", sees_activities)
rules.add_perm("pilots.record_activity", works_for)
rules.add_perm("pilots.edit_activity", recorded_it)
rules.add_perm("pilots.answer_activity", is_other_side)
rules.add_perm("pilots.settle_activity", is_other_side | is_office)
rules.add_perm("pilots.match_activity", is_related)
rules.add_perm("pilots.part_activity", is_one_side | is_office)
rules.add_perm("pilots.link_activity", recorded_it | is_other_side | is_office)
rules.add_perm("pilots.view_targets", sees_activities)
rules.add_perm("pilots.manage_targets", is_office)
