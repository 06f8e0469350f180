"""Tasks of the five batches for each new county, with milestones, and an output for each new school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from pilots.models import Batch, Milestone, Output, OutputKind, PilotCounty, Task
from pilots.services.task_progress import renew_due_waits
from pilots.states.output import OutputState
from pilots.states.task import TaskState
from portal.accounts.models import Unit
from portal.home.sample.play import BEGAN

#: A task runs a year; its milestones lie a quarter apart.
_TERM, _STEP = timedelta(days=360), timedelta(days=90)
_STEPS = ("确定人选和方案", "完成中期交流", "形成成果")


def add_works(counties: Sequence[Unit], schools: Sequence[Unit], *, dice: Random, today: date) -> dict[str, int]:
    """Pilot counties, their tasks, and outputs; returns how many tasks and outputs were added."""
    PilotCounty.objects.bulk_create(PilotCounty(unit=county, during=(BEGAN, None), basis="示例") for county in counties)
    tasks = _add_tasks(counties, dice, today)
    kinds = list(OutputKind.objects.filter(is_active=True))
    outputs = Output.objects.bulk_create(
        Output(
            kind=(kind := dice.choice(kinds)),
            unit=school,
            school=school,
            state=OutputState.CONFIRMED,
            name=f"{school.name}{kind.name}示例",
            day=_some_day(dice, today),
        )
        for school in schools
        if kinds
    )
    return {"任务": len(tasks), "成果": len(outputs)}


def _add_tasks(counties: Sequence[Unit], dice: Random, today: date) -> list[Task]:
    """One task of each batch: those whose term is over are done, the others run."""
    planned = []
    for county in counties:
        for batch in Batch.objects.all():
            start = BEGAN + timedelta(days=dice.randrange((today - BEGAN).days))
            over = start + _TERM <= today
            planned.append(
                Task(
                    batch=batch,
                    unit=county,
                    title=f"{county.label}{batch.short_name}任务示例",
                    state=TaskState.DONE if over else TaskState.UNDER_WAY,
                    start=start,
                    due=start + _TERM,
                    done_on=start + _TERM if over else None,
                )
            )
    tasks = Task.objects.bulk_create(planned)
    Milestone.objects.bulk_create(milestone for task in tasks for milestone in _milestones(task, dice, today))
    renew_due_waits()
    return tasks


def _milestones(task: Task, dice: Random, today: date) -> list[Milestone]:
    """Three steps; of those whose day has come one in five is still open while the task runs."""
    steps = []
    for number, what in enumerate(_STEPS, 1):
        due = task.start + _STEP * number
        is_done = task.state == TaskState.DONE or (due <= today and dice.randrange(5) > 0)
        steps.append(Milestone(task=task, what=what, due=due, done_on=due if is_done else None))
    return steps


def _some_day(dice: Random, today: date) -> date:
    return today - timedelta(days=dice.randrange((today - BEGAN).days))
