"""Groups of posts that rules and lists speak of."""

from __future__ import annotations

from portal.accounts.roles import READER_ROLES, UNIT_ROLES, Role
from portal.accounts.rules import holds_post

#: Posts in the office that read what units have sent in.
DESK_ROLES = (Role.EDITOR, Role.REVIEWER, Role.ISSUER, Role.AUDITOR)

__all__ = ["DESK_ROLES", "READER_ROLES", "UNIT_ROLES", "is_desk"]

is_desk = holds_post(*DESK_ROLES)
