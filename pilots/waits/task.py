"""Who has to do something about a task."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from pilots.models import Task
from pilots.queries.awaited import awaited_tasks
from pilots.rules.confirming import level_above
from pilots.services.task_progress import AHEAD
from pilots.states.task import TASK_TRANSITIONS, TaskState
from portal.accounts.models import Unit
from portal.accounts.queries.post import posts_on
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import DOING_ROLES, OFFICE_PLANNERS, SPEAKING_ROLES
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def task_waits(task: Task) -> Iterable[Wait]:
    """The owner begins, keeps the milestone that is near or late, and hands in; the level above confirms."""
    own = reverse("task", args=[task.pk])
    match task.state:
        case TaskState.PLANNED:
            yield Wait(task.title, "核对计划，开始实施", own, unit=task.unit, roles=DOING_ROLES, due=task.start)
        case TaskState.UNDER_WAY:
            yield from _step(task, own)
        case TaskState.AWAITING:
            unit, roles = confirmers(task.unit)
            yield Wait(f"{task.unit}：{task}", "确认任务完成", own, unit=unit, roles=roles)


def confirmers(unit: Unit) -> tuple[Unit, tuple[str, ...]]:
    """For whom a confirmation waits: the level above where somebody is there to give it, else the office."""
    above = level_above(unit)
    if above is not None and posts_on().filter(unit=above, role__in=SPEAKING_ROLES, user__is_active=True).exists():
        return above, SPEAKING_ROLES
    return the_office(), OFFICE_PLANNERS


def _step(task: Task, own: str) -> Iterable[Wait]:
    step = task.milestones.filter(done_on__isnull=True).order_by("due", "pk").first()
    if step is None and task.milestones.exists():
        yield Wait(task.title, "补齐成果，报请确认", own, unit=task.unit, roles=DOING_ROLES, due=task.due)
    elif step is not None and step.due <= timezone.localdate() + AHEAD:
        yield Wait(f"{task}：{step}", "完成节点", own, unit=task.unit, roles=DOING_ROLES, due=step.due)


register(Task, Workflow("任务", TASK_TRANSITIONS, task_waits))
add_awaited(Task, awaited_tasks)
