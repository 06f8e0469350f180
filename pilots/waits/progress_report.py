"""What of progress reports and doubts waits for whom."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from pilots.models import ProgressDoubt, ProgressReport
from pilots.queries.awaited import awaited_reports
from pilots.services.progress_waits import report_waits
from pilots.states.progress import DOUBT_TRANSITIONS, PROGRESS_TRANSITIONS, DoubtState
from portal.accounts.roles import UNIT_ROLES
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def doubt_waits(doubt: ProgressDoubt) -> Iterator[Wait]:
    if doubt.state == DoubtState.OPEN:
        title = f"{doubt.report.unit.label}：{doubt.line}"
        url = reverse("progress-doubt", args=[doubt.pk])
        yield Wait(title, "核对记录", url, unit=doubt.owner, roles=tuple(UNIT_ROLES))


register(ProgressReport, Workflow("学期确认单", PROGRESS_TRANSITIONS, report_waits))
register(ProgressDoubt, Workflow("这条记录", DOUBT_TRANSITIONS, doubt_waits))
add_awaited(ProgressReport, awaited_reports)
