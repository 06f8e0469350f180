"""What units still owe the office: open calls without an answer, reports returned to them, receipts of issues."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from bulletins.models import CallTarget, Delivery, Submission
from bulletins.queries.call import SILENT, reporters_of
from bulletins.queries.readership import OWES_RECEIPT
from bulletins.rules import READER_ROLES
from bulletins.states import IN_FORCE_ISSUE, CallState, SubmissionState
from portal.accounts.roles import Role
from portal.notices.audience import holders_by_unit
from portal.notices.reminding import Owed

NO_OFFICER = "没有信息员"


def silent_targets() -> QuerySet[CallTarget]:
    """Units in use that have not answered a call that is open."""
    rows = CallTarget.objects.filter(SILENT, call__state=CallState.SENT, unit__is_active=True)
    return rows.select_related("call", "unit").order_by("call__deadline", "pk")


def returned_reports() -> QuerySet[Submission]:
    """What came back to a unit for changes; what a unit's own approver sent back is the unit's own business."""
    rows = Submission.objects.filter(state=SubmissionState.RETURNED, submitted_at__isnull=False, unit__is_active=True)
    return rows.select_related("unit").order_by("decided_at", "pk")


def open_receipts() -> QuerySet[Delivery]:
    """Issues in force that units in use received and have not confirmed."""
    rows = Delivery.objects.filter(OWES_RECEIPT, issue__state__in=IN_FORCE_ISSUE)
    return rows.select_related("issue__periodical", "unit").order_by("sent_at", "pk")


def owed_answers(targets: Iterable[CallTarget]) -> list[Owed]:
    """Calls, with the unit's officers; where only the signature is missing, with its approvers."""
    targets = list(targets)
    units = {target.unit_id for target in targets}
    officers, signers = reporters_of(units), holders_by_unit(Role.UNIT_APPROVER, units=units)
    signing = set(
        Submission.objects.filter(state=SubmissionState.AWAITING_UNIT, call__in={target.call_id for target in targets})
        .values_list("call", "unit")
        .distinct()
    )
    return [
        Owed(
            thing=target.call,
            unit=target.unit,
            people=(signers if is_written else officers).get(target.unit_id, []),
            name=f"{target.call.get_kind_display()}“{target.call}”",
            todo="稿件待您审核" if is_written else "等待报送",
            url=reverse("own-call", args=[target.call_id]),
            until=target.call.deadline,
            nobody=NO_OFFICER,
        )
        for target in targets
        for is_written in [(target.call_id, target.unit_id) in signing]
    ]


def owed_changes(reports: Iterable[Submission]) -> list[Owed]:
    """Returned reports, with the unit's officers."""
    reports = list(reports)
    officers = reporters_of({report.unit_id for report in reports})
    return [
        Owed(
            thing=report,
            unit=report.unit,
            people=officers.get(report.unit_id, []),
            name=f"退回的稿件“{report}”",
            todo="请修改后重报",
            url=reverse("submission", args=[report.pk]),
            nobody=NO_OFFICER,
        )
        for report in reports
    ]


def owed_receipts(deliveries: Iterable[Delivery]) -> list[Owed]:
    """Issues to be confirmed, with all who read for the unit."""
    found = [(row.issue, row.unit) for row in deliveries if row.unit is not None]
    readers = holders_by_unit(*READER_ROLES, units=[unit for _issue, unit in found])
    return [
        Owed(
            thing=issue,
            unit=unit,
            people=readers.get(unit.pk, []),
            name=str(issue),
            todo="请阅读并签收",
            url=reverse("received-issue", args=[issue.pk]),
        )
        for issue, unit in found
    ]
