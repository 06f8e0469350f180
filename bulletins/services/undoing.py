"""Undoing a bulk act while nobody has been told: row by row, as far as nothing has been built upon it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bulletins.models import Bulk, BulkRow, Decision, ReturnPoint, Submission
from bulletins.notices.assignment import assignment_occasion
from bulletins.notices.submission import decision_occasion
from bulletins.services.assigning import give
from bulletins.services.bulk import KEPT, rows_for, snapshot
from bulletins.services.deciding import FIELDS, hold_again, require_unplaced
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.notices.services import take_back
from portal.refusals import Refused
from portal.workflow import Move, move_all


@transaction.atomic
def undo_bulk(bulk: Bulk, *, by: User) -> Bulk:
    """Put every report back that still stands as the bulk act left it; the other rows say why they stay.

    Raises Refused for anybody else, after its time, and a second time.
    """
    locked = Bulk.objects.select_for_update(of=("self",)).select_related("by").get(pk=bulk.pk)
    _may_undo(locked, by)
    rows = {row.submission_id: row for row in locked.rows.filter(outcome=BulkRow.Outcome.DONE)}
    decided = {pk: row for pk, row in rows.items() if row.decision != Decision.ASSIGN}
    refused = _undo_decisions(decided, by=by)
    refused |= _undo_assignments(locked, [row for pk, row in rows.items() if pk not in decided], by=by)
    for pk, row in rows.items():
        row.outcome = BulkRow.Outcome.KEPT if pk in refused else BulkRow.Outcome.UNDONE
        row.said = refused.get(pk, "")
    BulkRow.objects.bulk_update(rows.values(), ["outcome", "said"])
    locked.undone_at = timezone.now()
    locked.save(update_fields=["undone_at"])
    return locked


def _may_undo(bulk: Bulk, by: User) -> None:
    if bulk.by_id != by.pk:
        raise Refused(f"这次批量处理由{bulk.by}办理，只有本人可以撤销。")
    if bulk.undone_at is not None:
        raise Refused("这次批量处理已经撤销过了。")
    if timezone.now() >= bulk.undo_until:
        raise Refused("已过可以撤销的时间，单位已收到通知。需要更改的稿件请逐篇处理。")


def _undo_decisions(rows: dict[int, BulkRow], *, by: User) -> dict[int, str]:
    """Undo adopting, returning and declining; by report why it was not."""
    answered = set(
        ReturnPoint.objects.filter(submission__in=rows).exclude(answer="").values_list("submission_id", flat=True)
    )
    occasions: dict[int, str] = {}

    def change(report: Submission, move: Move) -> None:
        row = rows[report.pk]
        _require_untouched(report, row, has_answers=report.pk in answered)
        occasions[report.pk] = decision_occasion(report)
        for name in ("state", "reason", "print_lead", "print_text"):
            setattr(report, name, row.before[name])
        moment = row.before["decided_at"]
        report.decided_at = datetime.fromisoformat(moment) if moment else None
        report.updated_at = timezone.now()

    moves = [Move(pk, "undo", data={"bulk": row.bulk_id, "undone": row.decision}) for pk, row in rows.items()]
    undone, refused = move_all(rows_for(by), moves, by=by, change=change, fields=FIELDS)
    for report in undone:
        take_back(about=report, occasion=occasions[report.pk])
    _drop_points(undone, rows)
    hold_again({report.pk: rows[report.pk].before.get("held") for report in undone}, by=by)
    return refused


def _require_untouched(report: Submission, row: BulkRow, *, has_answers: bool) -> None:
    """Refused where somebody has gone on from the state in which the bulk act left the report."""
    require_unplaced(report)
    now = snapshot(report)
    if report.state == SubmissionState.RETURNED and (has_answers or now["version"] != row.after["version"]):
        raise Refused("单位已经开始修改这篇稿件，没有撤销。")
    if any(now[name] != row.after[name] for name in KEPT if name != "assigned_to_id"):
        raise Refused("这篇稿件在那之后又被处理或修改过，没有撤销。")


def _drop_points(undone: Iterable[Submission], rows: dict[int, BulkRow]) -> None:
    """Points of a return that was undone were never given."""
    for report in undone:
        row = rows[report.pk]
        if row.decision == Decision.RETURN:
            report.points.filter(created_at__gte=row.bulk.done_at, answer="").delete()


def _undo_assignments(bulk: Bulk, rows: list[BulkRow], *, by: User) -> dict[int, str]:
    """Give reports back to whom they were with before."""
    if not rows:
        return {}
    of_report = {row.submission_id: row for row in rows}
    refused: dict[int, str] = dict.fromkeys(of_report, "这篇稿件已不在来稿中，没有撤销。")
    groups: dict[Any, list[Submission]] = {}
    for report in rows_for(by).select_for_update(of=("self",)).filter(pk__in=of_report).order_by("pk"):
        row = of_report[report.pk]
        if report.assigned_to_id != row.after["assigned_to_id"]:
            refused[report.pk] = "这篇稿件在那之后又分给了别人，没有撤销。"
        else:
            del refused[report.pk]
            groups.setdefault(row.before["assigned_to_id"], []).append(report)
    people = User.objects.in_bulk([pk for pk in groups if pk])
    for pk, reports in groups.items():
        give(reports, to=people.get(pk), by=by, bulk=bulk)
    take_back(about=bulk, occasion=assignment_occasion(bulk))
    return refused
