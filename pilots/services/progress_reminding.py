"""学期确认单 that are brought to mind (温馨提示): once as the day comes near, and along with the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from pilots.models import ProgressReport, ReportingPeriod
from pilots.states.progress import WITH_OWNER, ProgressState
from portal.accounts.models import User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import SPEAKING_ROLES, UNIT_ROLES
from portal.notices.audience import holders_by_unit
from portal.notices.reminding import Owed, Reminded, remind, reminded_since


def reminders_due(day: date) -> list[Owed]:
    """Sheets due within the days of their cadence that the calendar has not brought to mind in these days yet."""
    found: list[ProgressReport] = []
    for period in ReportingPeriod.objects.filter(due__gte=day).select_related("cadence"):
        since = period.due - timedelta(days=period.cadence.reminds_before)
        if since <= day:
            reminded = reminded_since(ProgressReport, since)
            found += _with_units().filter(period=period).exclude(pk__in=reminded)
    return _owed(found)


def outstanding(people: Collection[User]) -> list[Owed]:
    """All sheets that lie with the units of ``people`` and can still be submitted."""
    units = posts_on().filter(user__in=people, role__in=SPEAKING_ROLES).values("unit")
    return _owed(_with_units().filter(unit__in=units, period__locks_on__gte=timezone.localdate()))


def remind_late(reports: QuerySet[ProgressReport], *, by: User) -> Reminded:
    """Bring to mind those of ``reports`` that are overdue, lie with their units and can still be submitted."""
    if not by.has_perm("pilots.remind_late"):
        raise PermissionDenied
    today = timezone.localdate()
    own = [unit.pk for unit in by.units_as(*UNIT_ROLES)]
    rows = _with_units().filter(pk__in=reports.order_by().values("pk"), period__due__lt=today).exclude(unit__in=own)
    return remind(_owed(rows.filter(period__locks_on__gte=today)), by=by)


def _with_units() -> QuerySet[ProgressReport]:
    rows = ProgressReport.objects.filter(state__in=WITH_OWNER, unit__is_active=True)
    return rows.select_related("period", "unit").order_by("period__due", "pk")


def _owed(reports: Iterable[ProgressReport]) -> list[Owed]:
    reports = list(reports)
    speakers = holders_by_unit(*SPEAKING_ROLES, units={report.unit_id for report in reports})
    return [
        Owed(
            thing=report,
            unit=report.unit,
            people=speakers.get(report.unit_id, []),
            name=f"{report.period.label}确认单",
            todo="已退回，请修改后提交" if report.state == ProgressState.RETURNED else "大多已填好，请核对后提交",
            url=reverse("progress-report", args=[report.pk]),
            until=report.period.due,
        )
        for report in reports
    ]
