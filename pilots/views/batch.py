"""五个一批: the overview of the five."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilots.progress import Standing
from pilots.queries.activity import batches
from pilots.queries.output import counts_by_kind, output_kinds
from pilots.queries.task import BatchLine, batch_lines, due_milestones
from pilots.states.task import TaskState
from portal.accounts.requests import demand

#: How far the overview looks ahead, and how many milestones it shows.
AHEAD = timedelta(days=30)
SHOWN = 20


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Each batch with its tasks by state and its outputs by kind; what is due within thirty days."""
    user = demand(request, "pilots.view_tasks")
    today = timezone.localdate()
    lines, counts = batch_lines(user, today), counts_by_kind(user)
    kinds = [(kind, *counts.get(kind.pk, (0, 0))) for kind in output_kinds()]
    cards = []
    for batch in batches():
        line = lines.get(batch.pk, BatchLine({}, {}))
        states = [(state, line.by_state.get(state, 0)) for state in TaskState]
        standings = [(standing, line.by_standing.get(standing, 0)) for standing in Standing]
        cards.append((batch, states, standings, [row for row in kinds if row[0].batch_id == batch.pk]))
    due = due_milestones(user, today + AHEAD)
    context = {
        "cards": cards,
        "others": [row for row in kinds if row[0].batch_id is None],
        "due": due[:SHOWN],
        "more_due": max(due.count() - SHOWN, 0),
        "today": today,
        "may_add": user.has_perm("pilots.add_task"),
    }
    return render(request, "batches/overview.html", context)
