"""Look-ups of progress reports (学期确认单): one queryset per audience, and the filters of the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, When
from django.utils import timezone

from alliances.rules.posts import reads_all
from pilots.models import ProgressDoubt, ProgressReport, ProgressVersion
from pilots.queries.progress_route import LEVEL_REVIEWERS
from pilots.states.progress import IN_REVIEW, WITH_OWNER, DoubtState, ProgressState
from portal.accounts.models import User
from portal.accounts.queries.unit import official_order
from portal.accounts.roles import OFFICE_PLANNERS, UNIT_ROLES, UnitKind


def progress_for(user: User) -> QuerySet[ProgressReport]:
    """What ``user`` sees: his units' own, those of units under his and of those on whose way his unit is, or all."""
    rows = ProgressReport.objects.select_related("period__cadence", "unit__parent", "at", "submitted_by")
    if reads_all(user):
        return rows
    own = [unit.pk for unit in user.units_as(*UNIT_ROLES)]
    return rows.filter(Q(unit__in=own) | Q(above__overlap=own)) if own else rows.none()


def to_review_by(user: User) -> QuerySet[ProgressReport]:
    """What lies on a desk of ``user`` and has not been in his hands before."""
    at_levels = [unit.pk for unit in user.units_as(*LEVEL_REVIEWERS) if unit.kind != UnitKind.PROVINCE_OFFICE]
    at_office = [unit.pk for unit in user.units_as(*OFFICE_PLANNERS)]
    rows = progress_for(user).filter(state__in=IN_REVIEW, at__in=[*at_levels, *at_office])
    return rows.exclude(hands__contains=[user.pk])


def own_open_reports(user: User) -> QuerySet[ProgressReport]:
    """What the units of ``user`` still have to fill in."""
    own = [unit.pk for unit in user.units_as(*UNIT_ROLES)]
    return progress_for(user).filter(unit__in=own, state__in=WITH_OWNER).order_by("period__due", "pk")


def listed_progress(
    user: User,
    *,
    period: int | None = None,
    state: str = "",
    look: str = "",
    kind: str = "",
    area: int | None = None,
    text: str = "",
) -> QuerySet[ProgressReport]:
    """The list, what wants a look first. ``look``: mine, odd, clean, late or lone; empty arguments narrow nothing."""
    rows = to_review_by(user) if look == "mine" else progress_for(user)
    if period:
        rows = rows.filter(period=period)
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(unit__kind=kind)
    if area:
        rows = rows.filter(Q(unit=area) | Q(above__contains=[area]))
    if text := text.strip():
        rows = rows.filter(Q(unit__name__icontains=text) | Q(unit__short_name__icontains=text))
    if look in _LOOKS:
        rows = rows.filter(_LOOKS[look](timezone.localdate()))
    return rows.annotate(has_doubts=_with_doubts()).order_by("-during", _WANTS_A_LOOK, *official_order("unit__"))


def is_late(today: date) -> Q:
    """Submitted after the day it was due, or not yet and that day is over."""
    return Q(first_submitted_at__date__gt=F("period__due")) | Q(first_submitted_at=None, period__due__lt=today)


_WANTS_A_LOOK = Case(
    When(state__in=IN_REVIEW, is_clean=False, then=0),
    When(state__in=IN_REVIEW, then=1),
    When(state=ProgressState.RETURNED, then=2),
    When(state=ProgressState.DRAFT, then=3),
    default=4,
    output_field=IntegerField(),
)
_LOOKS: dict[str, Callable[[date], Q]] = {
    "odd": lambda today: Q(submitted_at__isnull=False, is_clean=False),
    "clean": lambda today: Q(submitted_at__isnull=False, is_clean=True),
    "late": is_late,
    "lone": lambda today: Q(has_lone_desk=True),
}


def doubts_for(user: User) -> QuerySet[ProgressDoubt]:
    """Doubts that ``user`` sees: those that his units are asked about, and those on reports he sees."""
    rows = ProgressDoubt.objects.select_related("report__unit", "report__period", "owner", "by", "settled_by")
    own = [unit.pk for unit in user.units_as(*UNIT_ROLES)]
    return rows.filter(Q(owner__in=own) | Q(report__in=progress_for(user).values("pk")))


def last_version(report: ProgressReport) -> ProgressVersion | None:
    """What was submitted last."""
    return report.versions.select_related("submitted_by").first()


def previous_version(report: ProgressReport) -> ProgressVersion | None:
    """What the unit submitted last for the latest period before this one."""
    earlier = ProgressVersion.objects.filter(
        report__unit=report.unit_id, report__during__fully_lt=report.during
    ).select_related("report__period")
    return earlier.order_by("-report__during", "-number").first()


def sees_drafts(user: User, report: ProgressReport) -> bool:
    """Only its own unit reads what has not been submitted."""
    return user.holds(*UNIT_ROLES, unit=report.unit_id)


def _with_doubts() -> Exists:
    """Whether a report has doubts that nobody has settled."""
    return Exists(ProgressDoubt.objects.filter(report=OuterRef("pk"), state=DoubtState.OPEN))
