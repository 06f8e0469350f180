"""Who records activities, who answers for the other side, and who sets targets; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from pilots.models import Activity
from pilots.queries.activity_list import activities_for
from pilots.queries.activity_match import related_units, sides_of
from pilots.rules.posts import is_planner, shares_in
from portal.accounts.models import Unit, User
from portal.accounts.roles import OFFICE_PLANNERS, UNIT_ROLES, UnitKind


@rules.predicate
def works_for(user: User, unit: Any) -> bool:
    """Whoever does the daily work of ``unit``; without a unit, of any."""
    if unit is None:
        return bool(user.units_as(*UNIT_ROLES)) or user.holds(*OFFICE_PLANNERS)
    if not isinstance(unit, Unit):
        return False
    return user.holds(*UNIT_ROLES, unit=unit) or (
        unit.kind == UnitKind.PROVINCE_OFFICE and user.holds(*OFFICE_PLANNERS)
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
def reads_it(user: User, activity: Any) -> bool:
    """For pages of other things that name an activity: whether its own page is his to open."""
    return isinstance(activity, Activity) and activities_for(user).filter(pk=activity.pk).exists()


rules.add_perm("pilots.view_activities", shares_in)
rules.add_perm("pilots.read_activity", reads_it)
rules.add_perm("pilots.record_activity", works_for)
rules.add_perm("pilots.edit_activity", recorded_it)
rules.add_perm("pilots.answer_activity", is_other_side)
rules.add_perm("pilots.settle_activity", is_other_side | is_planner)
rules.add_perm("pilots.match_activity", is_related)
rules.add_perm("pilots.part_activity", is_one_side | is_planner)
rules.add_perm("pilots.link_activity", recorded_it | is_other_side | is_planner)
rules.add_perm("pilots.view_targets", shares_in)
rules.add_perm("pilots.manage_targets", is_planner)
