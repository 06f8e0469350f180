"""What the calendar does with progress reports: 温馨提示 before the day they are due, and an end to what is locked."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from pilots.models import ProgressReport, ReportingException, ReportingPeriod
from pilots.notices.progress_report import tell_due
from pilots.services.progress_waits import renew_report_waits
from pilots.states.progress import WITH_OWNER
from portal.jobs.models import Job
from portal.jobs.services import enqueue, finishing

REMIND = "remind-progress"
#: A beat that was down makes up for so many days.
LOOKS_BACK = timedelta(days=14)


def order_progress_reminders() -> None:
    """What beat asks for: once a day from the set hour on."""
    now = timezone.localtime()
    if now.hour >= settings.REMINDER_HOUR:
        enqueue(kind=REMIND, key=f"{REMIND}:{now.date()}", payload={}, by=None)


def run_progress_reminders(job: Job) -> None:
    """The day's work in one go."""
    with finishing(job):
        remind_due()
        end_locked()


def remind_due() -> int:
    """Tell once who has submitted nothing as the day comes near; returns how many people."""
    today = timezone.localdate()
    told = 0
    for period in ReportingPeriod.objects.filter(due__gte=today).select_related("cadence"):
        if today < period.due - timedelta(days=period.cadence.reminds_before):
            continue
        silent = ProgressReport.objects.filter(period=period, state__in=WITH_OWNER)
        told += tell_due(period, silent.values_list("unit", flat=True))
    return told


def end_locked() -> int:
    """What can no longer be submitted stands in nobody's 待办 any more; returns how many reports were looked at."""
    today = timezone.localdate()
    since = today - LOOKS_BACK
    ended = ReportingException.objects.filter(until__gte=since, until__lt=today).values("unit", "period")
    rows = ProgressReport.objects.filter(state__in=WITH_OWNER, period__locks_on__lt=today)
    rows = rows.filter(
        Q(period__locks_on__gte=since) | Q(unit__in=ended.values("unit"), period__in=ended.values("period"))
    )
    reports = list(rows.select_related("period", "unit", "at"))
    renew_report_waits(reports)
    return len(reports)
