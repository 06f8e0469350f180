"""Where every list and look-up of tasks starts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alliances.rules.posts import reads_all
from pilots.models import Milestone, Task
from pilots.progress import Plan, Progress, Standing, Step, Thresholds, task_progress
from pilots.queries.reach import sharing_units
from pilots.states.output import COUNTED_OUTPUT, OutputState
from pilots.states.task import TaskState
from portal.accounts.models import User
from portal.accounts.queries.unit import within
from portal.accounts.roles import UNIT_ROLES

#: Partners and schools hear of a task when it begins.
KNOWN_TO_PARTNERS = frozenset({TaskState.UNDER_WAY, TaskState.AWAITING, TaskState.DONE})


def tasks_for(user: User) -> QuerySet[Task]:
    """The tasks that ``user`` may see: the office all; others their units', those of units under them, and what
    they share in once it has begun."""
    if reads_all(user):
        return Task.objects.all()
    own, shared = user.units_as(*UNIT_ROLES), [unit.pk for unit in sharing_units(user)]
    if not shared:
        return Task.objects.none()
    links = (Task.partners.through, Task.schools.through)
    takes_part = Q()
    for link in links:
        takes_part |= Q(Exists(link.objects.filter(task=OuterRef("pk"), unit__in=shared)))
    return Task.objects.filter(within(own) | (takes_part & Q(state__in=KNOWN_TO_PARTNERS)))


def with_progress(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with all that their standing is computed from; a constant number of queries."""
    counted = Q(outputs__state__in=COUNTED_OUTPUT)
    return (
        rows.select_related("batch", "unit__parent")
        .prefetch_related("milestones")
        .annotate(
            reached=Count("outputs", filter=counted),
            proposed=Count("outputs", filter=Q(outputs__state=OutputState.PROPOSED)),
        )
    )


def progress_of(task: Any, today: date) -> Progress | None:
    """How a task of :func:`with_progress` stands; None unless it is under way."""
    if task.state != TaskState.UNDER_WAY:
        return None
    return task_progress(
        plan_of(task, task.milestones.all(), task.reached), today, Thresholds(*settings.TASK_THRESHOLDS)
    )


def plan_of(task: Task, milestones: Iterable[Milestone], reached: int) -> Plan:
    """What of a task its progress is computed from."""
    steps = tuple(Step(one.what, one.due, one.done_on) for one in milestones)
    return Plan(task.start, task.due, steps, task.goal, task.goal_word, reached)


def listed_tasks(
    user: User,
    *,
    batch: int | None = None,
    unit: int | None = None,
    area: int | None = None,
    state: str = "",
    standing: str = "",
    text: str = "",
    today: date,
) -> QuerySet[Task]:
    """The list, the nearest deadline first and what is over last. ``standing`` narrows to running tasks that stand so;
    ``late`` means any that wants attention. ``unit`` also finds what it shares in; ``area`` is a prefecture or county.
    """
    rows = tasks_for(user)
    if batch:
        rows = rows.filter(batch=batch)
    if unit:
        rows = rows.filter(concerning(unit))
    if area:
        rows = rows.filter(within([area]))
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(description__icontains=text) | Q(unit__name__icontains=text))
    if standing:
        rows = rows.filter(pk__in=_standing_so(rows, standing, today))
    over = Q(state__in=(TaskState.DONE, TaskState.CANCELLED))
    return with_progress(rows).annotate(is_over=over).order_by("is_over", "due", "pk")


def standings(rows: QuerySet[Task], today: date) -> dict[int, Progress]:
    """By primary key: how each running one of ``rows`` stands. Two queries."""
    running = with_progress(rows.filter(state=TaskState.UNDER_WAY)).order_by()
    return {task.pk: progress for task in running if (progress := progress_of(task, today)) is not None}


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch in the overview: its tasks by state, and how the running ones stand."""

    by_state: dict[str, int]
    by_standing: dict[str, int]


def batch_lines(user: User, today: date) -> dict[int, BatchLine]:
    """By batch: what ``user`` sees of it. Three queries, whatever the number of tasks."""
    lines: dict[int, BatchLine] = {}
    rows = tasks_for(user)
    counts = rows.order_by().values_list("batch", "state").annotate(number=Count("pk", distinct=True))
    for batch, state, number in counts:
        lines.setdefault(batch, BatchLine({}, {})).by_state[state] = number
    batch_of = dict(rows.filter(state=TaskState.UNDER_WAY).order_by().values_list("pk", "batch"))
    for pk, progress in standings(rows, today).items():
        found = lines[batch_of[pk]].by_standing
        found[progress.standing] = found.get(progress.standing, 0) + 1
    return lines


def due_milestones(user: User, until: date) -> QuerySet[Milestone]:
    """Open milestones of running tasks that are due by ``until`` or late already, the nearest first."""
    rows = Milestone.objects.filter(done_on__isnull=True, due__lte=until, task__state=TaskState.UNDER_WAY)
    return rows.filter(task__in=tasks_for(user).order_by()).select_related("task__unit", "task__batch")


def concerning(*units: int) -> Q:
    """Tasks that one of the units owns or shares in."""
    links = (Task.partners.through, Task.schools.through)
    concerned = Q(unit__in=units)
    for link in links:
        concerned |= Q(Exists(link.objects.filter(task=OuterRef("pk"), unit__in=units)))
    return concerned


def _standing_so(rows: QuerySet[Task], standing: str, today: date) -> Sequence[int]:
    wanted = {Standing.WATCH, Standing.BEHIND} if standing == "late" else {standing}
    return [pk for pk, progress in standings(rows, today).items() if progress.standing in wanted]
