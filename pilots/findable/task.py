"""Tasks of the five batches among what can be found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from pilots.models import Milestone, Task
from pilots.queries.task import tasks_for
from portal.accounts.models import User
from portal.search.registry import Described, Filters, Indexed, Share, Source, register_source
from portal.text.official import official_date


def index_tasks(ids: Sequence[int]) -> Iterable[Indexed]:
    for task in Task.objects.filter(pk__in=ids).select_related("batch", "unit").prefetch_related("milestones"):
        steps = (f"{step.what} {step.evidence}".strip() for step in task.milestones.all())
        text = "\n".join((task.batch.name, task.unit.name, task.description, *steps))
        yield Indexed(task.pk, task.title, text, task.due, unit_id=task.unit_id)


def tasks_share(user: User, filters: Filters) -> list[Share]:
    """States and sections are of reports and issues: who asks for one asks for no task."""
    if filters.get("state") or filters.get("section"):
        return []
    rows = tasks_for(user)
    if unit := filters.get("unit"):
        rows = rows.filter(unit=int(unit))
    if batch := filters.get("batch"):
        rows = rows.filter(batch=int(batch))
    return [Share(rows)]


def describe_tasks(user: User, ids: Sequence[int]) -> dict[int, Described]:
    return {
        task.pk: Described(
            reverse("task", args=[task.pk]),
            (task.unit.label, f"{official_date(task.due)}前完成", task.get_state_display()),
        )
        for task in Task.objects.filter(pk__in=ids).select_related("unit")
    }


register_source(
    Source(
        name="task",
        label="任务",
        order=60,
        model=Task,
        watches=((Task, "id"), (Milestone, "task_id")),
        index=index_tasks,
        shares=tasks_share,
        describe=describe_tasks,
    )
)
