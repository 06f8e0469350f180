"""What somebody waits for others to do: what his units recorded, handed in or asked for (portal.inbox.awaited)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from pilots.models import Activity, Candidate, Correction, Output, ProgressReport, Task
from pilots.states.activity import ActivityState
from portal.accounts.models import User
from portal.accounts.roles import OFFICE_PLANNERS, UNIT_ROLES


def awaited_activities(user: User) -> QuerySet[Activity]:
    """Recorded by his units; and those to which his units object, until that is settled."""
    units = user.units_as(*UNIT_ROLES)
    objected = Q(state=ActivityState.OBJECTED, partners__in=units)
    return Activity.objects.filter(Q(unit__in=units) | objected)


def awaited_tasks(user: User) -> QuerySet[Task]:
    return Task.objects.filter(unit__in=user.units_as(*UNIT_ROLES))


def awaited_outputs(user: User) -> QuerySet[Output]:
    return Output.objects.filter(unit__in=user.units_as(*UNIT_ROLES))


def awaited_reports(user: User) -> QuerySet[ProgressReport]:
    """His units' own sheets, from desk to desk."""
    return ProgressReport.objects.filter(unit__in=user.units_as(*UNIT_ROLES))


def awaited_candidates(user: User) -> QuerySet[Candidate]:
    """What his units have put forward."""
    return Candidate.objects.filter(recommended_by__in=user.units_as(*UNIT_ROLES))


def awaited_corrections(user: User) -> QuerySet[Correction]:
    """What his units, or the office, have asked to be put right, and what his units have answered."""
    asked = Q(inspected__inspection__led_by__in=user.units_as(*UNIT_ROLES, *OFFICE_PLANNERS))
    return Correction.objects.filter(asked | Q(inspected__unit__in=user.units_as(*UNIT_ROLES)))
