"""Who is told: the people behind a unit or an office, as their posts are today."""

from __future__ import annotations

from collections.abc import Iterable

from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import REPORTING_ROLES


def holders(*roles: str, units: Iterable[Unit | int] | None = None) -> list[User]:
    """Who holds one of ``roles`` today, in ``units`` if given; each person once."""
    posts = posts_on().filter(role__in=roles, user__is_active=True)
    if units is not None:
        posts = posts.filter(unit__in=list(units))
    return list({post.user_id: post.user for post in posts}.values())


def reporters_of(unit: Unit | int) -> list[User]:
    """The unit's officer, and the deputy while there is one."""
    return holders(*sorted(REPORTING_ROLES), units=[unit])
