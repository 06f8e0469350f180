"""What of a progress report waits for whom: its unit until it is submitted or locked, then desk by desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from pilots.models import ProgressReport, ReportingException
from pilots.queries.progress_route import reviewing_roles
from pilots.services.locks import is_locked
from pilots.states.progress import IN_REVIEW, WITH_OWNER, ProgressState
from portal.accounts.models import User
from portal.accounts.roles import UNIT_ROLES
from portal.inbox.models import Waiting
from portal.inbox.services import Wait, replace_waiting_of


def report_waits(report: ProgressReport) -> Iterator[Wait]:
    """The rows for one report."""
    people = _excepted([report]).get(report.pk, []) if _is_over(report) else []
    return _waits(report, people)


def renew_report_waits(reports: Iterable[ProgressReport]) -> None:
    """Bring many (with period, unit and desk) in step; a constant number of queries."""
    reports = list(reports)
    excepted = _excepted([report for report in reports if _is_over(report)])
    replace_waiting_of(
        ProgressReport, {report.pk: list(_waits(report, excepted.get(report.pk, []))) for report in reports}
    )


def end_locked() -> int:
    """What can no longer be submitted stands in nobody's 待办 any more; returns how many reports were looked at.

    Called by beat: a period locks, and an exception ends, with the day and without a click.
    """
    today = timezone.localdate()
    # Whoever has an exception waits by name until its last day; these rows stay as they are.
    over = Q(user__isnull=True) | Q(due__lt=today)
    waiting = Waiting.objects.filter(over, content_type=ContentType.objects.get_for_model(ProgressReport))
    rows = ProgressReport.objects.filter(state__in=WITH_OWNER, period__locks_on__lt=today)
    reports = list(rows.filter(pk__in=waiting.values("object_id")).select_related("period", "unit", "at"))
    renew_report_waits(reports)
    return len(reports)


def _waits(report: ProgressReport, excepted: Iterable[tuple[User, ReportingException]]) -> Iterator[Wait]:
    title, url = f"{report.unit.label}{report.period.label}确认单", reverse("progress-report", args=[report.pk])
    if report.state in WITH_OWNER:
        what = "修改后提交" if report.state == ProgressState.RETURNED else "核对后提交"
        if not _is_over(report):
            yield Wait(title, what, url, unit=report.unit, roles=UNIT_ROLES, due=report.period.due)
        for user, exception in excepted:
            yield Wait(title, what, url, unit=report.unit, user=user, due=exception.until)
    elif report.state in IN_REVIEW and report.at is not None:
        yield Wait(title, "审核", url, unit=report.at, roles=reviewing_roles(report.at))


def _is_over(report: ProgressReport) -> bool:
    return report.state in WITH_OWNER and is_locked(report.period)


def _excepted(reports: Iterable[ProgressReport]) -> Mapping[int, list[tuple[User, ReportingException]]]:
    """Who may still submit which of these locked reports, by name."""
    by_place = {(report.period_id, report.unit_id): report.pk for report in reports}
    found: dict[int, list[tuple[User, ReportingException]]] = {}
    if not by_place:
        return found
    rows = ReportingException.objects.filter(
        until__gte=timezone.localdate(),
        period__in={period for period, _unit in by_place},
        unit__in={unit for _period, unit in by_place},
    )
    for exception in rows.select_related("user"):
        report = by_place.get((exception.period_id, exception.unit_id))
        if report is not None and exception.user.pk not in {user.pk for user, _ in found.get(report, [])}:
            found.setdefault(report, []).append((exception.user, exception))
    return found
