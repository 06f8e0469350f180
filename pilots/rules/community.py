"""Who founds and changes communities, and who writes what was done in them; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules
from django.utils import timezone

from pilots.models import Community, CommunityPlan, CommunityRecord, Membership
from pilots.rules.posts import is_planner, shares_in
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES, UnitKind

#: Bureaus and the office: units that a community can belong to.
AREA_KINDS = (UnitKind.PROVINCE_OFFICE, UnitKind.PREFECTURE, UnitKind.COUNTY, UnitKind.PARTNER)


@rules.predicate
def works_for_area(user: User, area: Any) -> bool:
    """Whoever works in the bureau of an area or of the prefecture above it; without an area, in any bureau."""
    if area is None:
        return any(unit.kind in AREA_KINDS for unit in user.units_as(*UNIT_ROLES))
    if not isinstance(area, Unit) or area.kind not in AREA_KINDS:
        return False
    return user.holds(*UNIT_ROLES, unit=area) or (
        area.kind == UnitKind.COUNTY and user.holds(*UNIT_ROLES, unit=area.parent_id or 0)
    )


@rules.predicate
def is_bureau_of(user: User, community: Any) -> bool:
    """The bureau that founded it, or the prefecture above that."""
    return isinstance(community, Community) and works_for_area(user, community.area)


@rules.predicate
def leads(user: User, community: Any) -> bool:
    """Whoever works in the school that leads it today."""
    return isinstance(community, Community) and any(
        user.holds(*UNIT_ROLES, unit=school) for school in _schools(community, Membership.Role.LEAD)
    )


@rules.predicate
def takes_part(user: User, community: Any) -> bool:
    """Whoever works in one of its schools today."""
    return isinstance(community, Community) and any(
        user.holds(*UNIT_ROLES, unit=school) for school in _schools(community)
    )


@rules.predicate
def is_of_own_school(user: User, record: Any) -> bool:
    """The record tells of a school in which he works, and that school is still in the community."""
    if not isinstance(record, CommunityRecord):
        return False
    own = {record.giver_id, record.taker_id} & set(_schools(record.community))
    return any(user.holds(*UNIT_ROLES, unit=school) for school in own)


@rules.predicate
def writes_its_plan(user: User, plan: Any) -> bool:
    return isinstance(plan, CommunityPlan) and user.has_perm("pilots.write_for_community", plan.community)


@rules.predicate
def is_of_receiving_school(user: User, record: Any) -> bool:
    """Only who received a teacher can bear witness; the school that sent him cannot."""
    return isinstance(record, CommunityRecord) and user.holds(*UNIT_ROLES, unit=record.taker_id or 0)


@rules.predicate
def writes_for_its_community(user: User, record: Any) -> bool:
    return isinstance(record, CommunityRecord) and user.has_perm("pilots.write_for_community", record.community)


def _schools(community: Community, *roles: str) -> list[int]:
    rows = Membership.objects.filter(community=community, during__contains=timezone.localdate())
    return list((rows.filter(role__in=roles) if roles else rows).values_list("school", flat=True))


rules.add_perm("pilots.view_communities", shares_in)
rules.add_perm("pilots.found_community", is_planner | works_for_area)
rules.add_perm("pilots.found_any_community", is_planner)
rules.add_perm("pilots.change_community", is_planner | is_bureau_of)
rules.add_perm("pilots.write_for_community", is_planner | is_bureau_of | leads)
rules.add_perm("pilots.write_in_community", is_planner | is_bureau_of | takes_part)
rules.add_perm("pilots.write_record", writes_for_its_community | is_of_own_school)
rules.add_perm("pilots.certify_service", writes_for_its_community | is_of_receiving_school)
rules.add_perm("pilots.write_plan", writes_its_plan)
