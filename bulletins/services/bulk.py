"""Bulk decisions: a service of its own by the rules of the single ones, with a result per row and undo for a while."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bulletins.models import Bulk, BulkRow, Decision, ReturnPoint, Submission
from bulletins.queries.submission import received_submissions
from bulletins.services.asking_units import close_questions
from bulletins.services.deciding import FIELDS, PUT, TELL, Order, forget_held, words_of
from bulletins.services.points import new_points, returns_of
from portal.accounts.models import User
from portal.refusals import Refused
from portal.workflow import Move, move_all

_NUL = "\x00"
#: So many reports one may look through before deciding on them together.
MOST_ROWS = 200
#: What a bulk act may write; undoing asks whether it still stands as the act left it.
KEPT = ("state", "reason", "decided_at", "print_lead", "print_text", "version", "assigned_to_id")


@transaction.atomic
def decide_many(orders: Iterable[Order], *, by: User, key: str, label: str) -> Bulk:
    """Adopt, return and decline many reports at once. What cannot be done is told in its row and changes nothing.

    ``key`` names the form: sent a second time, what was done the first time is returned. Messages to the units wait
    until undoing is over. Raises PermissionDenied, and Refused where nothing or too much was chosen.
    """
    wanted = {order.report: order for order in orders}
    bulk, is_new = begin_bulk(key, label, wanted, by=by)
    if not is_new:
        return bulk
    task = _Deciding(bulk, wanted, by)
    moves = [Move(order.report, order.decision, order.reason) for order in wanted.values()]
    moved, refused = move_all(rows_for(by), moves, by=by, change=task.change, fields=FIELDS)
    task.settle(moved)
    done = {report.pk: (report, task.before[report.pk]) for report in moved}
    keep_rows(bulk, {pk: order.decision for pk, order in wanted.items()}, done, refused)
    return bulk


class _Deciding:
    """One run of :func:`decide_many`: what stood before, and the points that go along."""

    def __init__(self, bulk: Bulk, wanted: dict[int, Order], by: User) -> None:
        self.bulk, self.wanted, self.by = bulk, wanted, by
        self.before: dict[int, dict[str, Any]] = {}
        self.points: list[ReturnPoint] = []
        self.counts = returns_of(wanted)

    def change(self, report: Submission, move: Move) -> None:
        """Write one report as its decision wants it. Raises Refused."""
        order = self.wanted[report.pk]
        if order.sent_in_at and order.sent_in_at != report.submitted_at:
            raise Refused("稿件在暂存之后又重新报送过，请重新看过再决定。")
        number = self.counts.get(report.pk, 0) + 1
        points = new_points(report, order.points, number=number, by=self.by)
        before, words = snapshot(report), words_of(report)
        PUT[order.decision](report, order.reason)
        self.before[report.pk] = before
        self.points += points
        move.data.update({"bulk": self.bulk.pk} | (words if order.decision == Decision.RETURN else {}))

    def settle(self, moved: list[Submission]) -> None:
        """What a decision brings along, for all at once; messages wait as long as it can be undone."""
        ReturnPoint.objects.bulk_create(self.points)
        for pk, held in forget_held(moved).items():
            self.before[pk]["held"] = held
        close_questions(report for report in moved if self.wanted[report.pk].decision != Decision.ADOPT)
        for report in moved:
            TELL[self.wanted[report.pk].decision](report, wait_until=self.bulk.undo_until)


def begin_bulk(key: str, label: str, reports: Collection[int], *, by: User) -> tuple[Bulk, bool]:
    """The row of a bulk act, and whether it is a new one. A second form with the same key waits for the first;
    with other ticks (a page out of the browser's history) it is refused, for nothing would be done about them."""
    if not by.has_perm("bulletins.decide_in_bulk"):
        raise PermissionDenied
    if not reports:
        raise Refused("没有选中稿件。请先在列表中勾选，再选择要做的事。")
    if (count := len(reports)) > MOST_ROWS:
        raise Refused(f"一次最多处理{MOST_ROWS}篇，您选了{count}篇。请分几次办理。")
    until = timezone.now() + timedelta(minutes=settings.BULK_UNDO_MINUTES)
    bulk, is_new = Bulk.objects.get_or_create(
        key=f"{by.pk}:{key.replace(_NUL, '') or token_urlsafe(16)}"[:64],
        defaults={"label": label, "by": by, "undo_until": until},
    )
    if not is_new and (bulk.label != label or not set(bulk.rows.values_list("submission", flat=True)) >= set(reports)):
        raise Refused("这一页已经提交过一次，现在的选择没有办理。请刷新列表，重新勾选。")
    return bulk, is_new


def keep_rows(
    bulk: Bulk,
    decisions: dict[int, Decision],
    done: dict[int, tuple[Submission, dict[str, Any]]],
    refused: dict[int, str],
) -> None:
    """Keep what became of each report; ``done`` has the report as it is now and what stood before."""
    there = set(Submission.objects.filter(pk__in=refused).values_list("pk", flat=True))
    rows = []
    for pk, decision in decisions.items():
        row = BulkRow(bulk=bulk, submission_id=pk, decision=decision, outcome=BulkRow.Outcome.REFUSED)
        if pk in done:
            report, row.before = done[pk]
            row.outcome, row.after = BulkRow.Outcome.DONE, snapshot(report)
        elif pk in there:
            row.said = refused[pk]
        else:
            continue
        rows.append(row)
    BulkRow.objects.bulk_create(rows)


def rows_for(user: User) -> QuerySet[Submission]:
    """What ``user`` may decide on, with what deciding looks at: its place in an issue among it."""
    return received_submissions(user).select_related("unit__parent", "author", "placement", "assigned_to")


def snapshot(report: Submission) -> dict[str, Any]:
    """The fields in which two moments of a report are compared, as JSON."""
    values = {name: getattr(report, name) for name in KEPT}
    moment = values["decided_at"]
    return values | {"decided_at": moment.isoformat() if moment else None}
