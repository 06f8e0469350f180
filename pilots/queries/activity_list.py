"""Where every list and look-up of activities starts, and the filters of lists."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from alliances.rules.posts import reads_all
from pilots.models import Activity, ActivityCredit
from pilots.queries.reach import sharing_units
from pilots.states.activity import COUNTED, ActivityState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import find_units
from portal.accounts.roles import UNIT_ROLES
from portal.periods import Period


def activities_for(user: User) -> QuerySet[Activity]:
    """What ``user`` may see: the office everything recorded; others what they or those under them took part in.

    That is by where units stood when it took place, so that a figure and its rows agree. A unit's own people see
    its records in every state, drafts as well.
    """
    own = sharing_units(user)
    mine = Q(unit__in=own)
    if reads_all(user):
        return Activity.objects.filter(~Q(state=ActivityState.DRAFT) | mine)
    shared = ActivityCredit.objects.filter(unit__in=own)
    return Activity.objects.filter(mine | Q(pk__in=shared.values("activity")))


def listed_activities(
    user: User,
    *,
    period: Period | None = None,
    kinds: Collection[int] = (),
    unit: str = "",
    within: int | None = None,
    state: str = "",
    batch: int | None = None,
    unanswered: bool = False,
) -> QuerySet[Activity]:
    """The list, the latest first; empty arguments narrow nothing.

    ``state`` empty shows what counts, ``all`` everything. ``unit`` is part of the name of a unit that took part,
    ``within`` the id of a unit for which it counts; ``unanswered`` what waits for the units of ``user``.
    """
    rows = activities_for(user)
    if unanswered:
        rows = unanswered_for(user)
    elif state != "all":
        rows = rows.filter(state__in=[state] if state else COUNTED)
    if period is not None:
        rows = rows.filter(start__range=(period.start, period.end))
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    if unit.strip():
        named = find_units(unit).values("pk")
        rows = rows.filter(Q(pk__in=_taken_part(named)) | Q(unit__in=named))
    if within is not None:
        credited = ActivityCredit.objects.filter(unit=within)
        rows = rows.filter(pk__in=credited.values("activity"))
    if batch is not None:
        rows = rows.filter(batches=batch)
    return rows.order_by("-start", "-pk")


def unanswered_for(user: User) -> QuerySet[Activity]:
    """What others recorded and the units of ``user`` may still agree or object to."""
    own = user.units_as(*UNIT_ROLES)
    rows = Activity.objects.filter(state=ActivityState.RECORDED, answer_due__gte=timezone.localdate())
    return rows.filter(partners__in=own).exclude(unit__in=own).distinct()


def for_list(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Activities with all that a row of a list shows; a constant number of queries."""
    return rows.select_related("kind", "unit").prefetch_related("partners", "batches", "head_counts")


def for_page(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Activities with all that their page shows."""
    return rows.select_related("kind", "unit__parent", "joined_into__unit").prefetch_related(
        "partners", "batches", "head_counts", "joined__unit", "joined__kind", "joined__partners", "joined__head_counts"
    )


def days_of_activities(user: User) -> tuple[date, date] | None:
    """The first and the latest day of what ``user`` sees; None before anything took place."""
    days = activities_for(user).filter(state__in=COUNTED).order_by().aggregate(first=Min("start"), last=Max("start"))
    return (days["first"], days["last"]) if days["first"] else None


def on_days(rows: QuerySet[Activity], first: date, last: date) -> QuerySet[Activity]:
    """Of ``rows`` those that touch the days, in their order."""
    return rows.filter(start__lte=last, end__gte=first).order_by("start", "pk")


def credited_units(activity: Activity) -> list[tuple[Unit, bool]]:
    """The units for which it counts, each with whether it took part itself; those first."""
    rows = ActivityCredit.objects.filter(activity=activity).select_related("unit")
    rows = rows.order_by("-is_direct", "unit__kind", "unit__official_order")
    return [(row.unit, row.is_direct) for row in rows]


def _taken_part(units: Any) -> Any:
    return ActivityCredit.objects.filter(unit__in=units, is_direct=True).values("activity")
