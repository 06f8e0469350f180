"""Whose affairs a person sees beside his own; who reads everything, alliances.rules.posts says."""

from __future__ import annotations

from portal.accounts.models import Unit, User
from portal.accounts.roles import READER_ROLES


def sharing_units(user: User) -> list[Unit]:
    """The units for which he sees what is shared with them: also a partner's contact (合作单位联系人)."""
    return user.units_as(*READER_ROLES)
