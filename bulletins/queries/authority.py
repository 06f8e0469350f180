"""Look-ups of written authorities to review or sign for somebody (代签授权)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from bulletins.models import SigningAuthority
from portal.accounts.models import User


def authorities() -> QuerySet[SigningAuthority]:
    """All of them with their papers, the latest first."""
    return SigningAuthority.objects.select_related("principal", "substitute").prefetch_related("files")


def authorities_for(user: User) -> QuerySet[SigningAuthority]:
    """The register of authorities for who may read it."""
    return authorities() if user.has_perm("bulletins.view_authorities") else authorities().none()


def authorities_today() -> QuerySet[SigningAuthority]:
    return authorities().filter(during__contains=timezone.localdate())
