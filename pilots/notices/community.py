"""Messages about communities: to its schools, when one of them joins, leaves or takes the lead, and when all end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from pilots.models import Community, Membership
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES
from portal.notices.audience import holders
from portal.notices.services import send_notice


def tell_founded(community: Community, members: Sequence[Membership], *, by: User | None) -> None:
    """Every school hears once with whom it stands together; ``members`` are those it begins with, the lead first."""
    context = {
        "lead": next(one.school for one in members if one.role == Membership.Role.LEAD),
        "members": [one.school for one in members if one.role == Membership.Role.MEMBER],
        "since": community.during.lower,
    }
    _tell(community, [one.school for one in members], "community_founded", by=by, **context)


def tell_joined(community: Community, school: Unit, *, since: date, by: User | None) -> None:
    """The school that comes and the lead of that day."""
    told = [school, *_lead_on(community, since)]
    _tell(community, told, "community_joined", by=by, school=school, since=since)


def tell_left(community: Community, school: Unit, *, last_day: date, reason: str, by: User | None) -> None:
    """The school that goes and the lead of its last day."""
    told = [school, *_lead_on(community, last_day)]
    _tell(community, told, "community_left", by=by, school=school, last_day=last_day, reason=reason)


def tell_lead_changed(
    community: Community, *, before: Unit, after: Unit, since: date, stays: bool, by: User | None
) -> None:
    """Both, and the members: whom they turn to is another from that day on."""
    held = _members_of(community).filter(during__contains=since)
    told = [before, *(one.school for one in held)]
    context = {"before": before, "after": after, "since": since, "stays": stays}
    _tell(community, told, "community_lead_changed", by=by, **context)


def tell_community_ended(
    community: Community, schools: Iterable[Unit], *, last_day: date, reason: str, by: User | None
) -> None:
    """All schools that were in it."""
    _tell(community, schools, "community_ended", by=by, last_day=last_day, reason=reason)


def _members_of(community: Community) -> Any:
    """Its memberships with their schools, the lead first."""
    return community.memberships.select_related("school")


def _lead_on(community: Community, day: date) -> list[Unit]:
    held = _members_of(community).filter(role=Membership.Role.LEAD, during__contains=day)
    return [one.school for one in held]


def _tell(community: Community, schools: Iterable[Unit], template: str, *, by: User | None, **context: Any) -> None:
    people = holders(*UNIT_ROLES, units=schools)
    send_notice(
        occasion=f"community:{community.pk}:{template}:{timezone.now().timestamp():.6f}",
        about=community,
        to=[user for user in people if by is None or user.pk != by.pk],
        template=template,
        context={"community": community, **context},
        url=reverse("community", args=[community.pk]),
        why="贵校参加这个共同体",
    )
