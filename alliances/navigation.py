"""Navigation of this app (DOMAIN.md, labels on the screen)."""

from __future__ import annotations

from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.registry import add_navigation


def works_inside(user: User) -> bool:
    """Experts from outside see what they score and are led nowhere else."""
    return user.holds(*(role for role in Role if role != Role.EXPERT))


add_navigation("结对合作", "partnerships", icon="link", order=70, visible=works_inside)
