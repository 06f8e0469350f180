"""Where every list and look-up of reports starts, for pages and API alike."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from bulletins.models import Issue, Submission
from bulletins.rules import DESK_ROLES, UNIT_ROLES
from bulletins.states import HAS_LEFT_UNIT, SubmissionState
from portal.accounts.models import User


def submissions_for(user: User) -> QuerySet[Submission]:
    """The reports that ``user`` may see: his units' own in all states, and at the desk what has left a unit."""
    visible = Q(unit__in=[unit.pk for unit in user.units_as(*UNIT_ROLES)])
    if user.holds(*DESK_ROLES):
        visible |= Q(state__in=HAS_LEFT_UNIT)
    return Submission.objects.filter(visible).select_related("unit__parent", "author")


def own_submissions(user: User) -> QuerySet[Submission]:
    """The reports of the units that ``user`` reports, approves or works for (信息报送)."""
    units = [unit.pk for unit in user.units_as(*UNIT_ROLES)]
    return submissions_for(user).filter(unit__in=units).order_by("-updated_at", "-pk")


def received_submissions(user: User) -> QuerySet[Submission]:
    """What has come in to the desk (来稿处理), the latest first."""
    return submissions_for(user).filter(state__in=HAS_LEFT_UNIT).order_by("-submitted_at", "-pk")


def filter_submissions(
    rows: QuerySet[Submission],
    *,
    state: str = "",
    unit_kind: str = "",
    unit: int | None = None,
    since: date | None = None,
    until: date | None = None,
    text: str = "",
) -> QuerySet[Submission]:
    """Narrow a list; days count in the portal's time zone, both included. Empty arguments narrow nothing."""
    if state:
        rows = rows.filter(state=state)
    if unit_kind:
        rows = rows.filter(unit__kind=unit_kind)
    if unit:
        rows = rows.filter(unit=unit)
    if since:
        rows = rows.filter(submitted_at__date__gte=since)
    if until:
        rows = rows.filter(submitted_at__date__lte=until)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(text__icontains=text) | Q(unit__name__icontains=text))
    return rows


def unplaced_submissions(issue: Issue) -> QuerySet[Submission]:
    """Adopted reports that stand in no entry yet and came in before the collection window of ``issue`` closed."""
    return (
        Submission.objects.filter(
            state=SubmissionState.ADOPTED,
            placement__isnull=True,
            submitted_at__date__lte=issue.window_end,
        )
        .select_related("unit__parent")
        .order_by("unit__kind", "unit__official_order", "unit__name", "submitted_at", "pk")
    )
