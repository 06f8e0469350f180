"""代签授权: who reviews or signs for another by a paper, and who keeps these papers."""

from __future__ import annotations

import rules
from django.utils import timezone

from bulletins.models import SigningAuthority
from bulletins.rules.posts import is_desk
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.accounts.rules import is_admin, is_issuer


def authority_of(user: User, role: str) -> SigningAuthority | None:
    """By what paper ``user`` does ``role``'s link of the chain today without holding the post; None if he may not.

    It counts only as long as the one who gave it still holds the post himself.
    """
    if user.holds(role):
        return None
    papers = SigningAuthority.objects.select_related("principal", "substitute")
    found = papers.filter(during__contains=timezone.localdate(), substitute=user, role=role).first()
    return found if found is not None and found.principal.holds(role) else None


def has_authority(role: Role) -> rules.Predicate:
    """True for who reviews or signs for the holder of ``role`` by written authority today."""

    @rules.predicate(f"authority:{role}")
    def predicate(user: User) -> bool:
        return authority_of(user, role) is not None

    return predicate


rules.add_perm("bulletins.view_authorities", is_desk | is_admin)
rules.add_perm("bulletins.manage_authorities", is_issuer | is_admin)
