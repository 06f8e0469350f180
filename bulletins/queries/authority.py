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


def authority_of(user: User, role: str) -> SigningAuthority | None:
    """By what paper ``user`` does ``role``'s link of the chain today without holding the post; None if he may not.

    It counts only as long as the one who gave it still holds the post himself.
    """
    if user.holds(role):
        return None
    found = authorities_today().filter(substitute=user, role=role).first()
    return found if found is not None and found.principal.holds(role) else None
