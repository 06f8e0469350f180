"""Who has to do something about an inspection and about what has to be put right."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from pilots.models import Correction, Inspection
from pilots.queries.awaited import awaited_corrections
from pilots.states.inspection import (
    CORRECTION_TRANSITIONS,
    INSPECTION_TRANSITIONS,
    PENDING_CORRECTIONS,
    RECORDING,
    REPORTED_INSPECTIONS,
    CorrectionState,
    InspectionState,
)
from portal.accounts.models import Unit, User
from portal.accounts.roles import OFFICE_PLANNERS, UNIT_ROLES, UnitKind
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait, replace_waiting, replace_waiting_of
from portal.workflow import Workflow, register


def inspectors_of(unit: Unit) -> tuple[str, ...]:
    """The posts of ``unit`` that inspect in its name."""
    return OFFICE_PLANNERS if unit.kind == UnitKind.PROVINCE_OFFICE else UNIT_ROLES


def inspection_waits(inspection: Inspection) -> Iterable[Wait]:
    """Who inspects gives the findings after the visit, and closes it when everything was put right."""
    url, unit = reverse("inspection", args=[inspection.pk]), inspection.led_by
    if inspection.state in RECORDING:
        yield Wait(inspection.name, "检查并反馈情况", url, unit=unit, roles=inspectors_of(unit), due=inspection.ends_on)
    elif inspection.state == InspectionState.REPORTED:
        pending = Correction.objects.filter(inspected__inspection=inspection, state__in=PENDING_CORRECTIONS)
        if not pending.exists():
            yield Wait(inspection.name, "办结检查", url, unit=unit, roles=inspectors_of(unit))


def correction_waits(correction: Correction) -> Iterable[Wait]:
    """The unit answers until it is closed, with its county beside it for a school; the inspectors check."""
    inspected = correction.inspected
    inspection, unit = inspected.inspection, inspected.unit
    if inspection.state not in REPORTED_INSPECTIONS:
        return
    url, title = reverse("inspected", args=[inspected.pk]), f"{unit}：{correction}"
    if correction.state == CorrectionState.OPEN:
        yield Wait(title, "整改并报告情况", url, unit=unit, roles=UNIT_ROLES, due=correction.due)
        if unit.kind == UnitKind.SCHOOL and unit.parent is not None and unit.parent.kind == UnitKind.COUNTY:
            yield Wait(title, "督促学校整改", url, unit=unit.parent, roles=UNIT_ROLES, due=correction.due)
    elif correction.state == CorrectionState.ANSWERED:
        by = inspection.led_by
        yield Wait(title, "核对整改情况", url, unit=by, roles=inspectors_of(by))


def follow_inspection(inspection: Inspection, by: User) -> None:
    """What has to be put right waits from the day on which the findings are given."""
    rows = Correction.objects.filter(inspected__inspection=inspection)
    rows = rows.select_related("inspected__inspection__led_by", "inspected__unit__parent")
    replace_waiting_of(Correction, {row.pk: list(correction_waits(row)) for row in rows})


def follow_correction(correction: Correction, by: User) -> None:
    """With the last one closed the inspection can be closed."""
    inspection = correction.inspected.inspection
    replace_waiting(inspection, inspection_waits(inspection))


register(Inspection, Workflow("检查", INSPECTION_TRANSITIONS, inspection_waits, follow_inspection))
register(Correction, Workflow("整改事项", CORRECTION_TRANSITIONS, correction_waits, follow_correction))
add_awaited(Correction, awaited_corrections)
