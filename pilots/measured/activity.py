"""Figures of activities, for units: how many, how many sessions, how many people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from pilots.models import Activity, ActivityCredit, HeadCount
from pilots.states.activity import COUNTED
from portal.measures import Measure, Number, add_measure
from portal.periods import Period


def credits_of(
    pks: Collection[int], period: Period, *, kinds: Collection[int] = (), batch: int | None = None
) -> QuerySet[ActivityCredit]:
    """One row for each activity and unit; the first day decides the period (DOMAIN.md, Activities)."""
    rows = ActivityCredit.objects.filter(unit__in=list(pks), start__range=(period.start, period.end))
    if kinds:
        rows = rows.filter(activity__kind__in=list(kinds))
    if batch is not None:
        rows = rows.filter(activity__batches=batch)
    return rows


def activities_behind(
    pk: int, period: Period, *, kinds: Collection[int] = (), batch: int | None = None
) -> QuerySet[Activity]:
    """The activities that one unit's figure is made of."""
    credits = credits_of([pk], period, kinds=kinds, batch=batch)
    return Activity.objects.filter(state__in=COUNTED, pk__in=credits.values("activity")).order_by("-start", "-pk")


def list_address(pk: int, period: Period, *, kinds: Collection[int] = (), batch: int | None = None) -> str:
    """The list of just these."""
    asked: list[tuple[str, str | int]] = [("period", period.key), ("within", pk)]
    asked += [("kind", kind) for kind in kinds]
    if batch is not None:
        asked.append(("batch", batch))
    return f"{reverse('activities')}?{urlencode(asked)}"


def _counter(figure: Any) -> Callable[..., Mapping[int, Number]]:
    def count(pks: Collection[int], period: Period, **parameters: Any) -> Mapping[int, Number]:
        rows = credits_of(pks, period, **parameters).order_by().values_list("unit")
        return dict(rows.annotate(figure=figure))

    return count


#: People of an activity: the total where one is told, else what was counted of each group.
_TOTAL = HeadCount.objects.filter(activity=OuterRef("activity"), is_total=True).order_by("-number").values("number")[:1]
_GROUPS = (
    HeadCount.objects.filter(activity=OuterRef("activity"))
    .order_by()
    .values("activity")
    .annotate(sum=Sum("number"))
    .values("sum")
)
_ATTENDANCE = Sum(
    Coalesce(
        Subquery(_TOTAL, output_field=IntegerField()),
        Subquery(_GROUPS, output_field=IntegerField()),
        0,
    )
)

add_measure(
    Measure(
        "activities",
        "活动",
        "项",
        _counter(Count("pk")),
        rows=activities_behind,
        address=list_address,
        meaning="开始日期在时段内、已计入的活动；双方登记的同一活动只计一次，归属以活动当天为准。",
    )
)
add_measure(
    Measure(
        "activity_sessions",
        "活动场次",
        "次",
        _counter(Sum("activity__sessions")),
        rows=activities_behind,
        address=list_address,
        meaning="这些活动的场次之和，没有写明场次的按1次计。",
    )
)
add_measure(
    Measure(
        "activity_attendance",
        "活动参加人数",
        "人次",
        _counter(_ATTENDANCE),
        rows=activities_behind,
        address=list_address,
        meaning="这些活动登记的人数之和：有合计的取合计，没有的各类人数相加。",
    )
)
