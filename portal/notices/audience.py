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


def holders_by_unit(*roles: str, units: Iterable[Unit | int]) -> dict[int, list[User]]:
    """By unit: who holds one of ``roles`` there today and can sign in, each person once. One query."""
    found: dict[int, dict[int, User]] = {}
    posts = posts_on().filter(role__in=roles, unit__in=list(units), user__is_active=True)
    for post in posts.order_by("pk"):
        found.setdefault(post.unit_id, {})[post.user_id] = post.user
    return {unit: list(people.values()) for unit, people in found.items()}


def reporters_of(unit: Unit | int) -> list[User]:
    """The unit's officer, and the deputy while there is one."""
    return holders(*sorted(REPORTING_ROLES), units=[unit])
