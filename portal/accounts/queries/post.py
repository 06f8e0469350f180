"""Look-ups of posts and people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from portal.accounts.models import Post, Unit, User
from portal.accounts.roles import REPORTING_ROLES


def posts_on(day: date | None = None) -> QuerySet[Post]:
    """Posts held on ``day`` (today if not given)."""
    return Post.objects.filter(during__contains=day or timezone.localdate()).select_related("user", "unit")


def has_post(unit: Unit, role: str, day: date | None = None) -> bool:
    """Whether somebody who can sign in holds ``role`` in ``unit``."""
    return posts_on(day).filter(unit=unit, role=role, user__is_active=True).exists()


def people_for(user: User) -> QuerySet[User]:
    """The accounts that ``user`` may manage: all, or none."""
    return User.objects.all() if user.has_perm("accounts.manage_users") else User.objects.none()


def listed_people(user: User, *, text: str = "", role: str = "", active: str = "") -> QuerySet[User]:
    """The list of people, each with today's posts in ``posts_now``; empty arguments narrow nothing.

    ``text`` is part of a name, of a user name, or of the name of a unit in which a post is held today;
    ``active`` is ``yes`` or ``no``. Two queries, whatever the length.
    """
    rows = people_for(user)
    if text := text.strip():
        in_unit = posts_on().filter(Q(unit__name__icontains=text) | Q(unit__short_name__icontains=text))
        rows = rows.filter(Q(name__icontains=text) | Q(username__icontains=text) | Q(pk__in=in_unit.values("user")))
    if role:
        rows = rows.filter(pk__in=posts_on().filter(role=role).values("user"))
    if active:
        rows = rows.filter(is_active=active == "yes")
    now = Prefetch("posts", queryset=posts_on().order_by("unit", "role"), to_attr="posts_now")
    return rows.prefetch_related(now).order_by("name", "username")


def posts_in(unit: Unit) -> QuerySet[Post]:
    """Every post ever held in ``unit``: by role, the latest first."""
    return unit.posts.select_related("user").order_by("role", "-during")


def reporters_of(unit: Unit) -> QuerySet[Post]:
    """Who reports for ``unit`` today: whom another unit turns to."""
    return posts_on().filter(unit=unit, role__in=REPORTING_ROLES, user__is_active=True).order_by("role")


def with_successors(posts: Iterable[Post]) -> list[tuple[Post, Post | None]]:
    """Each post of one unit with the one that follows it without a gap in other hands, if that is settled."""
    posts = list(posts)
    follows = {(post.role, post.during.lower): post for post in posts}
    return [(post, follows.get((post.role, post.during.upper)) if post.during.upper else None) for post in posts]


def posts_of(user: User) -> QuerySet[Post]:
    """Every post ``user`` ever held, the latest first."""
    return user.posts.select_related("unit").order_by("-during")


def posts_for(user: User) -> QuerySet[Post]:
    """The posts whose register ``user`` may read: all, or none."""
    rows = Post.objects.select_related("user", "unit")
    return rows if user.has_perm("accounts.view_units") else rows.none()


def active_people() -> QuerySet[User]:
    """Who can be given a post."""
    return User.objects.filter(is_active=True).only("pk", "name", "username").order_by("name", "username")
