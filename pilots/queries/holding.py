"""In whose name assessments and surveys are held."""

from __future__ import annotations

from portal.accounts.models import Unit, User
from portal.accounts.roles import OFFICE_PLANNERS, UNIT_ROLES, UnitKind


def holding_units(user: User) -> list[Unit]:
    """The units in whose name ``user`` may hold assessments and surveys: the office, and bureaus he works in."""
    bureaus = (UnitKind.PREFECTURE, UnitKind.COUNTY)
    return user.units_as(*OFFICE_PLANNERS) + [unit for unit in user.units_as(*UNIT_ROLES) if unit.kind in bureaus]


def holding_posts(unit: Unit) -> tuple[str, ...]:
    """The posts of ``unit`` that hold assessments in its name."""
    return OFFICE_PLANNERS if unit.kind == UnitKind.PROVINCE_OFFICE else UNIT_ROLES
