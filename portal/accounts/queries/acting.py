"""Look-ups of who acts for whom, and of a unit's own people."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.models import Acting, Post, Unit, User
from portal.accounts.roles import OFFICE_ROLES, Role


def actings_for(user: User) -> QuerySet[Acting]:
    """What ``user`` may see: what he gave or was given; an admin everything."""
    rows = Acting.objects.select_related("principal", "agent", "given_by")
    if user.has_perm("accounts.manage_users"):
        return rows
    return rows.filter(Q(principal=user) | Q(agent=user))


def given_by(person: User) -> QuerySet[Acting]:
    """Whom ``person`` lets act for him, at any time, the latest first."""
    return Acting.objects.filter(principal=person).select_related("principal", "agent", "given_by")


def actings_of(person: User) -> QuerySet[Acting]:
    """Who ever acted for ``person``, and for whom he did, the latest first."""
    rows = Acting.objects.filter(Q(principal=person) | Q(agent=person))
    return rows.select_related("principal", "agent", "given_by")


def received_by(person: User) -> QuerySet[Acting]:
    """For whom ``person`` acts today or later."""
    rows = Acting.objects.filter(agent=person, during__endswith__gt=timezone.localdate())
    return rows.select_related("principal", "agent", "given_by")


def deputies_of(units: list[Unit]) -> QuerySet[Post]:
    """Deputies of ``units`` today and later."""
    rows = Post.objects.filter(unit__in=units, role=Role.DEPUTY_OFFICER, during__endswith__gt=timezone.localdate())
    return rows.select_related("unit", "user").order_by("during")


def people_of(units: list[Unit]) -> QuerySet[User]:
    """Who holds or has held a post in ``units`` and can sign in: whom its officer may pick from a list."""
    return User.objects.filter(is_active=True, posts__unit__in=units).distinct().order_by("name", "username")


def posts_to_lend(user: User) -> list[Post]:
    """Posts in units that ``user`` holds in his own right."""
    return [post for post in user.own_posts if post.role not in OFFICE_ROLES]
