"""Look-ups of posts and people."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from portal.accounts.models import Post, Unit, User


def posts_on(day: date | None = None) -> QuerySet[Post]:
    """Posts held on ``day`` (today if not given)."""
    return Post.objects.filter(during__contains=day or timezone.localdate()).select_related("user", "unit")


def has_post(unit: Unit, role: str, day: date | None = None) -> bool:
    """Whether somebody who can sign in holds ``role`` in ``unit``."""
    return posts_on(day).filter(unit=unit, role=role, user__is_active=True).exists()


def people() -> QuerySet[User]:
    """All accounts with their posts, for the admin's list."""
    return User.objects.prefetch_related("posts__unit")
