"""Whose affairs a person sees: his units', those under them, and for the office everybody's."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES, Role

#: Posts of the office that read what all units do.
OFFICE_READERS = (Role.EDITOR, Role.REVIEWER, Role.ISSUER, Role.AUDITOR, Role.LEADER)


def reads_all(user: User) -> bool:
    """Whether ``user`` works in the office and sees every unit's affairs."""
    return user.holds(*OFFICE_READERS)


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
    return user.units_as(*UNIT_ROLES, Role.PARTNER_READER)
