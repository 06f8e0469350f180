"""Where every list and look-up of inspections, of what was found and of corrections starts."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from alliances.rules.posts import reads_all
from pilots.models import ChecklistTemplate, Correction, Finding, InspectedUnit, Inspection
from pilots.states.inspection import KNOWN_INSPECTIONS, PENDING_CORRECTIONS, REPORTED_INSPECTIONS, CorrectionState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import official_order, units, within
from portal.accounts.roles import UNIT_ROLES, UnitKind

#: Units that can be inspected.
INSPECTED_KINDS = (UnitKind.COUNTY, UnitKind.SCHOOL)


def inspections_for(user: User) -> QuerySet[Inspection]:
    """The office all; a prefecture its own and those in its area; counties and schools those that visit them."""
    rows = Inspection.objects.select_related("led_by")
    if reads_all(user):
        return rows
    own = user.units_as(*UNIT_ROLES)
    visited = InspectedUnit.objects.filter(within(own), inspection=OuterRef("pk"))
    return rows.filter(Q(led_by__in=own) | (Q(state__in=KNOWN_INSPECTIONS) & Exists(visited)))


def inspected_for(user: User) -> QuerySet[InspectedUnit]:
    """The visits within those inspections that concern the person: a school sees its own only."""
    rows = InspectedUnit.objects.select_related("inspection__led_by", "unit__parent")
    if reads_all(user):
        return rows
    own = user.units_as(*UNIT_ROLES)
    return rows.filter(Q(inspection__led_by__in=own) | (Q(inspection__state__in=KNOWN_INSPECTIONS) & within(own)))


def inspected_open_to(user: User) -> QuerySet[InspectedUnit]:
    """The visits whose findings and files the person may read: the rule of :func:`sees_findings` as a list."""
    rows = inspected_for(user)
    if reads_all(user):
        return rows
    leading = Q(inspection__led_by__in=user.units_as(*UNIT_ROLES))
    return rows.filter(leading | Q(inspection__state__in=REPORTED_INSPECTIONS))


def sees_findings(user: User, inspected: InspectedUnit) -> bool:
    """The inspectors at every moment; the inspected, and those above, once the findings were given."""
    inspection = inspected.inspection
    if user.has_perm("pilots.manage_inspection", inspection) or reads_all(user):
        return True
    return inspection.state in REPORTED_INSPECTIONS


def corrections_for(user: User) -> QuerySet[Correction]:
    """Corrections that were asked for, of the visits that ``user`` sees; the inspectors' own also before that."""
    rows = Correction.objects.select_related("inspected__inspection__led_by", "inspected__unit__parent")
    leading = Q(inspected__inspection__led_by__in=user.units_as(*UNIT_ROLES))
    if reads_all(user):
        return rows
    given = Q(inspected__inspection__state__in=REPORTED_INSPECTIONS)
    return rows.filter(leading | given, inspected__in=inspected_for(user))


def listed_inspections(user: User, *, state: str = "", led_by: Any = "", text: str = "") -> QuerySet[Any]:
    """The list with counts: ``visits`` units visited, ``asked`` corrections, ``pending`` of them, ``late`` of these."""
    rows: QuerySet[Any] = inspections_for(user)
    if state:
        rows = rows.filter(state=state)
    if led_by:
        rows = rows.filter(led_by=led_by)
    if text.strip():
        rows = rows.filter(name__icontains=text.strip())
    seen = Q(inspected__in=inspected_for(user))
    asked = Q(inspected__corrections__in=corrections_for(user))
    pending = asked & Q(inspected__corrections__state__in=PENDING_CORRECTIONS)
    overdue = Q(
        inspected__corrections__state=CorrectionState.OPEN, inspected__corrections__due__lt=timezone.localdate()
    )
    counted: QuerySet[Any] = rows.annotate(
        visits=Count("inspected", filter=seen, distinct=True),
        asked=Count("inspected__corrections", filter=asked, distinct=True),
        pending=Count("inspected__corrections", filter=pending, distinct=True),
        late=Count("inspected__corrections", filter=asked & overdue, distinct=True),
    )
    return counted.order_by("-starts_on", "-pk")


def visits_of(user: User, inspection: Inspection) -> QuerySet[InspectedUnit]:
    """The visits of one inspection with what was found and what was asked for."""
    rows = inspected_for(user).filter(inspection=inspection)
    findings = Prefetch("findings", queryset=Finding.objects.select_related("item"))
    return rows.prefetch_related(findings, "corrections").order_by(*official_order("unit__"))


def listed_corrections(user: User, *, standing: str = "", area: Any = "", text: str = "") -> QuerySet[Correction]:
    """The list of what has to be put right; ``standing`` is ``open``, ``late``, ``answered`` or ``closed``."""
    rows = corrections_for(user)
    match standing:
        case "late":
            rows = rows.filter(state=CorrectionState.OPEN, due__lt=timezone.localdate())
        case "open" | "answered" | "closed":
            rows = rows.filter(state=standing)
    if area:
        rows = rows.filter(within([area], "inspected__unit"))
    if text.strip():
        rows = rows.filter(Q(what__icontains=text.strip()) | Q(inspected__unit__name__icontains=text.strip()))
    return rows.order_by("due", "pk")


def possible_units(led_by: Unit) -> QuerySet[Unit]:
    """What ``led_by`` may inspect: the office everybody, a prefecture what lies in it."""
    rows = units().filter(kind__in=INSPECTED_KINDS)
    if led_by.kind != UnitKind.PROVINCE_OFFICE:
        rows = rows.filter(within([led_by], "parent"))
    return rows.select_related("parent").order_by(*official_order())


def checklists() -> QuerySet[ChecklistTemplate]:
    """The checklists in use, each with its lines."""
    return ChecklistTemplate.objects.filter(is_active=True).prefetch_related("lines")
