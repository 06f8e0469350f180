"""Messages about progress reports: where somebody else's act concerns a unit."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from pilots.models import ProgressDoubt, ProgressReport, ReportingException, ReportingPeriod
from portal.accounts.models import Unit
from portal.accounts.roles import SPEAKING_ROLES
from portal.notices.audience import holders
from portal.notices.services import send_notice

WHY = "您负责填写或提交本单位的学期确认单"


def tell_opened(period: ReportingPeriod, units: Iterable[int]) -> int:
    """The sheets of a period can be filled in."""
    return send_notice(
        occasion=f"progress-period:{period.pk}:opened",
        about=period,
        to=holders(*SPEAKING_ROLES, units=units),
        template="progress_opened",
        context={"period": period},
        url=reverse("progress-reports"),
        why=WHY,
    )


def tell_returned(report: ProgressReport, *, by: Unit, is_shut: bool) -> None:
    """A desk has returned it and says why; ``is_shut`` where nobody of the unit can change it as yet."""
    people = {user.pk: user for user in holders(*SPEAKING_ROLES, units=[report.unit_id])}
    if report.submitted_by is not None:
        people[report.submitted_by.pk] = report.submitted_by
    send_notice(
        occasion=f"progress-returned:{report.pk}:{report.turn}",
        about=report,
        to=people.values(),
        template="progress_returned",
        context={"report": report, "desk": by, "is_shut": is_shut},
        url=reverse("progress-report", args=[report.pk]),
        why=WHY,
    )


def tell_excepted(exception: ReportingException, report: ProgressReport) -> None:
    """The office lets a person by name change what is locked."""
    send_notice(
        occasion=f"progress-exception:{exception.pk}",
        about=report,
        to=[exception.user],
        template="progress_exception",
        context={"exception": exception},
        url=reverse("progress-report", args=[report.pk]),
        why="办公室指名由您补正",
    )


def tell_settled(doubt: ProgressDoubt) -> None:
    """Who keeps the fact has looked."""
    send_notice(
        occasion=f"progress-doubt:{doubt.pk}:settled",
        about=doubt.report,
        to=[doubt.by],
        template="progress_doubt_settled",
        context={"doubt": doubt},
        url=reverse("progress-report", args=[doubt.report_id]),
        why="您标注过这条记录不准确",
    )
