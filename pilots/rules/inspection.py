"""Who inspects, who answers for what has to be put right; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from pilots.models import Correction, InspectedUnit, Inspection
from pilots.rules.posts import is_planner, takes_part
from portal.accounts.models import Unit, User
from portal.accounts.roles import OFFICE_PLANNERS, UNIT_ROLES, UnitKind


@rules.predicate
def inspects_for(user: User, unit: Any) -> bool:
    """Works for ``unit``, and it is one that inspects: the office or a prefecture. Without a unit: for any such."""
    if unit is None:
        return bool(inspecting_units(user))
    return isinstance(unit, Unit) and any(own.pk == unit.pk for own in inspecting_units(user))


def inspecting_units(user: User) -> list[Unit]:
    """The units in whose name ``user`` may inspect."""
    office = user.units_as(*OFFICE_PLANNERS)
    return office + [unit for unit in user.units_as(*UNIT_ROLES) if unit.kind == UnitKind.PREFECTURE]


@rules.predicate
def leads_inspection(user: User, inspection: Any) -> bool:
    return isinstance(inspection, Inspection) and inspects_for(user, inspection.led_by)


@rules.predicate
def checks(user: User, correction: Any) -> bool:
    return isinstance(correction, Correction) and leads_inspection(user, correction.inspected.inspection)


@rules.predicate
def leads_visit(user: User, inspected: Any) -> bool:
    return isinstance(inspected, InspectedUnit) and leads_inspection(user, inspected.inspection)


@rules.predicate
def is_inspected(user: User, inspected: Any) -> bool:
    """Works for the visited unit, or for the county of a visited school."""
    if not isinstance(inspected, InspectedUnit):
        return False
    unit = inspected.unit
    return user.holds(*UNIT_ROLES, unit=unit) or (
        unit.kind == UnitKind.SCHOOL and user.holds(*UNIT_ROLES, unit=unit.parent_id or 0)
    )


@rules.predicate
def has_to_correct(user: User, correction: Any) -> bool:
    """The inspected unit; for a school also the county it stands under, which answers for it."""
    return isinstance(correction, Correction) and is_inspected(user, correction.inspected)


rules.add_perm("pilots.view_inspections", takes_part)
rules.add_perm("pilots.add_inspection", inspects_for)
rules.add_perm("pilots.manage_inspection", leads_inspection)
rules.add_perm("pilots.write_findings", leads_visit)
rules.add_perm("pilots.attach_to_visit", leads_visit | is_inspected)
rules.add_perm("pilots.manage_checklists", is_planner)
rules.add_perm("pilots.check_correction", checks)
rules.add_perm("pilots.answer_correction", has_to_correct)
