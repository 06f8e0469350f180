"""Activities of the period in which a unit took part, whoever recorded them."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet, Sum
from django.urls import reverse

from pilots.models import Activity, HeadCount
from pilots.prefill import Figure, Line, Section, register
from pilots.states.activity import COUNTED
from portal.accounts.models import Unit
from portal.periods import Period
from portal.text.official import short_date


def rows(unit: Unit, period: Period) -> list[Line]:
    found = _activities(unit, period).select_related("kind", "unit")
    counts = Prefetch("head_counts", HeadCount.objects.order_by("order", "pk"))
    return [
        Line(f"activity:{one.pk}", _text(one, unit), one.unit_id, reverse("activity", args=[one.pk]))
        for one in found.prefetch_related("partners", counts).order_by("start", "pk")
    ]


def figures(unit: Unit, period: Period) -> list[Figure]:
    found = _activities(unit, period)
    sessions = found.aggregate(all=Sum("sessions"))["all"] or 0
    return [Figure("activities", "活动", found.count(), "项"), Figure("sessions", "活动场次", sessions, "场次")]


def _activities(unit: Unit, period: Period) -> QuerySet[Activity]:
    credited = {"credits__unit": unit, "credits__is_direct": True}
    return Activity.objects.filter(state__in=COUNTED, start__range=(period.start, period.end), **credited)


def _text(activity: Activity, unit: Unit) -> str:
    others = [activity.unit, *activity.partners.all()]
    names = "、".join(dict.fromkeys(other.label for other in others if other.pk != unit.pk))
    parts = [
        f"{_days(activity)}{activity.kind or ''}",
        f"与{names}" if names else "",
        f"地点：{activity.place}" if activity.place else "",
        f"{activity.sessions}场次" if activity.sessions > 1 else "",
        "、".join(str(count) for count in activity.head_counts.all()),
    ]
    return "，".join(part for part in parts if part)


def _days(activity: Activity) -> str:
    days = [day for day in (activity.start, activity.end) if day is not None]
    return "至".join(dict.fromkeys(short_date(day) for day in days))


register(Section("activities", "活动", 10, rows, figures, wanting="本期没有一项活动记录。"))
