"""活动: the list, its Excel table, and the month."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilots.forms.activity import ActivityFilterForm
from pilots.models import Activity
from pilots.queries.activity_list import (
    activities_for,
    days_of_activities,
    for_list,
    listed_activities,
    on_days,
    unanswered_for,
)
from pilots.services.activity_row import row_of
from pilots.sheets.activity import COLUMNS, cells
from pilots.states.activity import COUNTED
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand
from portal.accounts.roles import UNIT_ROLES
from portal.exchange.workbook import as_download, write
from portal.periods import Period, month_of, parse_period
from portal.registry import actions_for

#: So many of a day are shown in the month; the rest is a tap away in the list.
MOST_ON_A_DAY = 4


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """What took place, the latest first; filters stay in the address."""
    user = demand(request, "pilots.view_activities")
    form, rows = _narrowed(request, user)
    page = Paginator(for_list(rows), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [(activity, row_of(activity)) for activity in page],
        "narrowed": bool(form.narrowing()),
        "asked": request.GET.urlencode(),
        "unanswered": unanswered_for(user).count(),
        "only_unanswered": "unanswered" in request.GET,
        "may_record": user.has_perm("pilots.record_activity"),
        "actions": actions_for("activity", user),
        "own_units": {unit.pk for unit in user.units_as(*UNIT_ROLES)},
    }
    return render(request, "activities/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list as an Excel table."""
    _form, rows = _narrowed(request, demand(request, "pilots.view_activities"))
    table = cells(for_list(rows).iterator(chunk_size=1_000))
    return as_download(write("活动清单", COLUMNS, table), "活动清单.xlsx")


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month as a table, on a phone as a list of days."""
    user = demand(request, "pilots.view_activities")
    today = timezone.localdate()
    asked = parse_period(request.GET.get("month", ""))
    month = asked if asked is not None and asked == month_of(asked.start) else month_of(today)
    rows = activities_for(user).filter(state__in=COUNTED).select_related("kind", "unit")
    by_day = _by_day(on_days(rows, month.start, month.end), month)
    context = {
        "month": month,
        "before": month_of(month.start - timedelta(days=1)),
        "after": month_of(month.end + timedelta(days=1)),
        "weeks": [[_cell(day, month, by_day) for day in week] for week in _weeks(month)],
        "days": sorted(by_day.items()),
        "today": today,
        "may_record": user.has_perm("pilots.record_activity"),
    }
    return render(request, "activities/calendar.html", context)


def _narrowed(request: HttpRequest, user: User) -> tuple[ActivityFilterForm, QuerySet[Activity]]:
    form = ActivityFilterForm(request.GET, days=days_of_activities(user))
    rows = listed_activities(user, **form.narrowing(), unanswered="unanswered" in request.GET)
    return form, rows.none() if "within" in form.errors else rows  # the figure of one place never opens those of all


def _weeks(month: Period) -> list[list[date]]:
    return Calendar().monthdatescalendar(month.start.year, month.start.month)


def _by_day(rows: QuerySet[Activity], month: Period) -> dict[date, list[Activity]]:
    """Each activity on the days on which it took place; a long span on its first day alone."""
    found: dict[date, list[Activity]] = defaultdict(list)
    for activity in rows:
        days = activity.days or [max(activity.start or month.start, month.start)]
        for day in days:
            if day in month:
                found[day].append(activity)
    return dict(found)


def _cell(day: date, month: Period, by_day: dict[date, list[Activity]]) -> dict[str, Any]:
    rows = by_day.get(day, [])
    return {
        "day": day,
        "outside": day not in month,
        "shown": rows[:MOST_ON_A_DAY],
        "more": max(0, len(rows) - MOST_ON_A_DAY),
        "key": f"{day.isoformat()}..{day.isoformat()}",
    }
