"""Who edits which report: given to one editor by name, one report or many at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from bulletins.models import Bulk, Decision, Submission
from bulletins.notices.assignment import tell_assigned
from bulletins.services.bulk import begin_bulk, keep_rows, rows_for, snapshot
from bulletins.states import IN_OFFICE_HANDS
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.audit.models import entry_of, record_all
from portal.inbox.services import replace_waiting_of
from portal.refusals import Refused
from portal.workflow import workflow_of


@transaction.atomic
def assign_many(reports: Iterable[int], *, to: User | None, by: User, key: str) -> Bulk:
    """Give reports to an editor, or (``to`` None) back to all of them. Who it is can be undone like a decision.

    Raises Refused where ``to`` is no editor, and where nothing or too much was chosen.
    """
    wanted = set(reports)
    bulk, is_new = begin_bulk(f"{key[:40]}:{to.pk if to else 0}", "分给编辑" if to else "取消分工", wanted, by=by)
    if not is_new:
        return bulk
    if to is not None and not to.holds(Role.EDITOR):
        raise Refused(f"{to}现在不是编辑，不能把稿件分给他。")
    found = rows_for(by).select_for_update(of=("self",)).filter(pk__in=wanted)
    done, refused = {}, dict.fromkeys(wanted, "稿件已不在来稿中，可能已被撤回。")
    for report in found.order_by("pk"):
        if report.state not in IN_OFFICE_HANDS:
            refused[report.pk] = f"稿件现在是“{report.get_state_display()}”，不需要分给编辑。"
        elif report.assigned_to == to:
            refused[report.pk] = f"已经分给{to}。" if to else "没有分给过任何人。"
        else:
            done[report.pk] = (report, snapshot(report))
    give([report for report, _ in done.values()], to=to, by=by, bulk=bulk)
    keep_rows(bulk, dict.fromkeys(wanted, Decision.ASSIGN), done, refused)
    if to is not None and to != by:
        tell_assigned(bulk, [report for report, _ in done.values()], to=to)
    return bulk


def give(reports: list[Submission], *, to: User | None, by: User, bulk: Bulk) -> None:
    """Write it, record it, and put the reports on the right desk. The rows are locked."""
    for report in reports:
        report.assigned_to, report.updated_at = to, timezone.now()
    Submission.objects.bulk_update(reports, ["assigned_to", "updated_at"])
    label = f"分给{to}" if to else "取消分工"
    record_all(
        entry_of(report, "bulletins.submission.assign", label, by=by, data={"bulk": bulk.pk}) for report in reports
    )
    if reports:
        waits = workflow_of(reports[0]).waits
        replace_waiting_of(Submission, {report.pk: waits(report) for report in reports})
