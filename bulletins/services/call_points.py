"""报送要点: the monthly call to all reporting units."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bulletins.models import Call
from bulletins.queries.call import reporting_units
from bulletins.services.call import create_call
from bulletins.states import CallState
from portal.accounts.models import Unit, User


def draft_points(*, by: User, today: date | None = None) -> Call:
    """A draft for this month, or for the next one where this month's have been sent; an open draft is taken up again.

    It starts from what was last asked: the same words, the same units as far as they are in use, and every unit
    that reports by now.
    """
    month = (today or timezone.localdate()).replace(day=1)
    if _points(month).exclude(state__in=(CallState.DRAFT, CallState.CANCELLED)).exists():
        month = _last_day(month) + timedelta(days=1)
    if draft := _points(month).filter(state=CallState.DRAFT).first():
        return draft
    return _new(month, by=by)


@transaction.atomic
def _new(month: date, *, by: User) -> Call:
    last = Call.objects.filter(kind=Call.Kind.POINTS, sent_at__isnull=False).order_by("-sent_at").first()
    asked = Unit.objects.filter(pk__in=last.targets.values("unit")) if last else Unit.objects.none()
    return create_call(
        by=by,
        kind=Call.Kind.POINTS,
        topic=title_of(month),
        wanted=last.wanted if last else "",
        deadline=_last_day(month),
        units=[*asked, *reporting_units()],
    )


def title_of(month: date) -> str:
    """What the points of a month are called."""
    return f"{month.year}年{month.month}月报送要点"


def _points(month: date) -> QuerySet[Call]:
    return Call.objects.filter(kind=Call.Kind.POINTS, deadline__range=(month, _last_day(month)))


def _last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])
