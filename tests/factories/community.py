"""Makers of communities and what is done in them, through the services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pilots.models import Community, CommunityKind
from pilots.services.community import found_community
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_unit, make_user

SINCE = date(2024, 9, 1)
URBAN_RURAL, COOPERATING = "城乡共同体", "协作共同体"


def kind_of(name: str = URBAN_RURAL) -> CommunityKind:
    return CommunityKind.objects.get(name=name)


def make_school(area: Unit | None = None, name: str = "") -> Unit:
    return make_unit(UnitKind.SCHOOL, name, area)


def make_community(
    area: Unit | None = None,
    *,
    lead: Unit | None = None,
    members: Sequence[Unit] = (),
    name: str = "第一共同体",
    kind: str = URBAN_RURAL,
    since: date = SINCE,
) -> Community:
    """A community of ``area`` (a new county): a lead and one member, unless schools are given."""
    area = area or make_unit(UnitKind.COUNTY)
    return found_community(
        kind=kind_of(kind),
        area=area,
        name=name,
        lead=lead or make_school(area),
        members=members or [make_school(area)],
        since=since,
        by=None,
    )


def lead_of(community: Community) -> Unit:
    return community.memberships.get(role="lead").school


def member_of(community: Community) -> Unit:
    """The first member."""
    return community.memberships.filter(role="member").order_by("pk")[0].school


def staff_of(unit: Unit) -> User:
    """Somebody who works in a unit."""
    return make_user(Role.STAFF, unit)
