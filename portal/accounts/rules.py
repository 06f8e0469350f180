"""Predicates about posts, and the permissions of this app. Other apps compose their rules from these."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import rules

from portal.accounts.models import Unit, User
from portal.accounts.roles import OUTSIDE_ROLES, Role


def holds_post(*roles: str) -> rules.Predicate:
    """True for who holds one of ``roles`` today, in whatever unit."""

    @rules.predicate(f"holds:{','.join(roles)}")
    def predicate(user: User) -> bool:
        return user.holds(*roles)

    return predicate


def judges(user: User, *roles: str, unit: Unit | int | None, hands: Collection[int | None]) -> bool:
    """Whether ``user`` may judge, in one of ``roles``, what ``hands`` (``User.hands``) have put forward.

    The one rule of separation: nobody judges what he did himself or had done for him, nor does anybody in his post.
    """
    return user.pk not in hands and user.holds(*roles, unit=unit, not_of=hands)


@rules.predicate
def is_own_officer(user: User, unit: Any) -> bool:
    """The information officer of ``unit`` in his own right: what one was lent is not lent on."""
    return any(post.unit_id == unit.pk and post.role == Role.INFORMATION_OFFICER for post in user.own_posts)


@rules.predicate
def is_inside(user: User) -> bool:
    """Whoever holds a post that is no outside person's (expert, partner's contact)."""
    return user.is_active and any(post.role not in OUTSIDE_ROLES for post in user.posts_today)


is_editor = holds_post(Role.EDITOR)
is_reviewer = holds_post(Role.REVIEWER)
is_issuer = holds_post(Role.ISSUER)
is_admin = holds_post(Role.ADMIN)
is_security = holds_post(Role.SECURITY)
is_auditor = holds_post(Role.AUDITOR)
is_leader = holds_post(Role.LEADER)

rules.add_perm("accounts.manage_units", is_admin)
rules.add_perm("accounts.view_units", is_admin | is_auditor | is_security)
rules.add_perm("accounts.read_unit_pages", is_inside)
rules.add_perm("accounts.manage_users", is_admin)
rules.add_perm("accounts.name_deputy", is_own_officer)
