"""Messages about inspections; each person hears once of one event."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from pilots.models import Correction, InspectedUnit, Inspection
from portal.accounts.models import Unit
from portal.accounts.roles import UNIT_ROLES, UnitKind
from portal.notices.audience import holders
from portal.notices.services import send_notice


def tell_announced(inspection: Inspection) -> None:
    """The inspected, and the county of each school."""
    _tell_inspected(inspection, "inspection_announced")


def tell_reported(inspection: Inspection) -> None:
    _tell_inspected(inspection, "inspection_reported")


def tell_cancelled(inspection: Inspection, reason: str) -> None:
    _tell_inspected(inspection, "inspection_cancelled", reason=reason)


def tell_answer_wanting(correction: Correction) -> None:
    """What was answered does not do yet."""
    _tell_correction(correction, "correction_again")


def tell_correction_closed(correction: Correction) -> None:
    _tell_correction(correction, "correction_closed")


def _tell_inspected(inspection: Inspection, template: str, *, reason: str = "") -> None:
    for row in inspection.inspected.select_related("unit__parent"):
        send_notice(
            occasion=f"inspected:{row.pk}:{template}",
            about=row,
            to=holders(*UNIT_ROLES, units=_concerned(row)),
            template=template,
            context={"inspection": inspection, "inspected": row, "reason": reason, "asked": row.corrections.count()},
            url=reverse("inspected", args=[row.pk]),
            why=f"您负责{row.unit.label}的工作",
        )


def _tell_correction(correction: Correction, template: str) -> None:
    row = correction.inspected
    send_notice(
        occasion=f"correction:{correction.pk}:{template}:{timezone.now().timestamp():.6f}",
        about=row,
        to=holders(*UNIT_ROLES, units=_concerned(row)),
        template=template,
        context={"correction": correction, "inspected": row},
        url=reverse("inspected", args=[row.pk]),
        why=f"您负责{row.unit.label}的工作",
    )


def _concerned(row: InspectedUnit) -> list[Unit]:
    above = row.unit.parent
    with_county = row.unit.kind == UnitKind.SCHOOL and above is not None and above.kind == UnitKind.COUNTY
    return [row.unit, above] if with_county and above is not None else [row.unit]
