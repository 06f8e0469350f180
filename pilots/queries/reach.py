"""Whose affairs a person sees: his units' and those under them; who reads everything, alliances.rules.posts says."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from portal.accounts.models import Unit, User
from portal.accounts.roles import READER_ROLES


def within(units: Iterable[Unit | int], through: str = "unit") -> Q:
    """Rows whose unit is one of ``units`` or stands under one (prefecture → county → school)."""
    ids = [unit.pk if isinstance(unit, Unit) else unit for unit in units]
    return (
        Q(**{f"{through}__in": ids})
        | Q(**{f"{through}__parent__in": ids})
        | Q(**{f"{through}__parent__parent__in": ids})
    )


def sharing_units(user: User) -> list[Unit]:
    """The units for which he sees what is shared with them: also a partner's contact (合作单位联系人)."""
    return user.units_as(*READER_ROLES)
