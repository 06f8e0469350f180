"""Writes to a task's plan: what shall be done, by whom, until when, in which steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from pilots.models import Batch, Milestone, Task
from pilots.notices.task import tell_assigned
from pilots.rules.posts import may_enter_for
from pilots.states.task import OPEN_TASK
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES, UnitKind
from portal.audit.models import record
from portal.refusals import WrongState
from portal.saving import AT_ONCE
from portal.text.official import official_date
from portal.workflow import renew_waits, started_all


@dataclass(frozen=True, slots=True)
class TypedStep:
    """A milestone as it was typed; ``pk`` is that of one that stands already."""

    what: str
    due: date
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """A task as a form, a table or the API hands it over; see models.Task."""

    batch: Batch
    title: str
    start: date
    due: date
    description: str = ""
    goal: int | None = None
    goal_word: str = ""
    partners: Sequence[Unit] = ()
    schools: Sequence[Unit] = ()
    steps: Sequence[TypedStep] = field(default_factory=tuple)


@transaction.atomic
def create_task(plan: TaskPlan, *, unit: Unit, by: User) -> Task:
    """A plan of ``unit``. The office plans for all, others for their own units; who did not plan it himself is told.

    Raises ValidationError with a sentence per wrong field, PermissionDenied for a unit of others.
    """
    writer = TaskWriter(by=by)
    writer.put(plan, unit=unit)
    (task,) = writer.write()
    return task


class TaskWriter:
    """Plans of many rows: each is checked as it comes, all are written together."""

    def __init__(self, *, by: User) -> None:
        self._by = by
        self._waiting: list[tuple[Task, TaskPlan, list[Milestone]]] = []

    def put(self, plan: TaskPlan, *, unit: Unit) -> None:
        """A plan of ``unit``. Raises as :func:`create_task` does; then nothing of it waits to be written."""
        if not may_enter_for(self._by, unit):
            raise PermissionDenied
        task = Task(unit=unit, created_by=self._by)
        _check(plan, task)
        _fill(task, plan)
        task.clean_fields(exclude=("batch", "unit", "created_by", "handed_in_by", "done_on"))
        if plan.goal is not None and not (plan.goal >= 1 and task.goal_word):
            task.validate_constraints()  # a query each, so only where one is broken
        steps = [Milestone(task=task, what=typed.what.strip(), due=typed.due) for typed in plan.steps]
        for step in steps:
            step.clean_fields(exclude=("task",))
        self._waiting.append((task, plan, steps))

    @transaction.atomic
    def write(self) -> list[Task]:
        """Store what waits, in its order, and tell whoever did not plan it himself."""
        waiting, self._waiting = self._waiting, []
        partner, school = Task.partners.through, Task.schools.through
        links: list[Any] = []
        seats: list[Any] = []
        tasks = Task.objects.bulk_create([task for task, _, _ in waiting], AT_ONCE)
        Milestone.objects.bulk_create([step for _, _, steps in waiting for step in steps], AT_ONCE)
        for task, plan, _ in waiting:
            links += [partner(task=task, unit_id=pk) for pk in _others(plan.partners, task)]
            seats += [school(task=task, unit_id=pk) for pk in _others(plan.schools, task)]
        partner.objects.bulk_create(links, AT_ONCE)
        school.objects.bulk_create(seats, AT_ONCE)
        started_all(tasks, "拟定任务", by=self._by)
        tell_assigned([task for task in tasks if not self._by.holds(*UNIT_ROLES, unit=task.unit)], by=self._by)
        return tasks


@transaction.atomic
def save_task(task: Task, plan: TaskPlan, *, by: User) -> Task:
    """Change a plan, or a task under way. What changed is kept with old and new values in the record.

    Raises WrongState where it is closed, ValidationError for what does not fit.
    """
    locked = lock_open(task, by)
    before = described(locked)
    _write(locked, plan)
    after = described(locked)
    if changes := [f"{label}：{before[label]} → {after[label]}" for label in after if before[label] != after[label]]:
        record(locked, "pilots.task.update", "修改任务", by=by, changes=changes)
    renew_waits(locked)
    task.refresh_from_db()
    return task


def lock_open(task: Task, by: User) -> Task:
    """The locked row of a task that may still be written on. Raises PermissionDenied or WrongState."""
    locked = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if not by.has_perm("pilots.change_task", locked):
        raise PermissionDenied
    if locked.state not in OPEN_TASK:
        raise WrongState(f"任务现在是“{locked.get_state_display()}”，不能再改。如需修改，请先撤回或请上级退回。")
    return locked


def described(task: Task) -> dict[str, str]:
    """A task's plan in words, to be compared and told."""
    steps = task.milestones.all()
    return {
        "批次": str(task.batch),
        "任务名称": task.title,
        "任务内容": task.description or "（空）",
        "开始日期": official_date(task.start),
        "完成期限": official_date(task.due),
        "目标": f"{task.goal}{task.goal_word}" if task.goal else "（无）",
        "协同单位": _names(list(task.partners.all())),
        "参与学校": _names(list(task.schools.all())),
        "节点": "；".join(f"{step.what}（{official_date(step.due)}）" for step in steps) or "（无）",
    }


def _write(task: Task, plan: TaskPlan) -> None:
    _check(plan, task)
    _fill(task, plan)
    task.full_clean(exclude=("handed_in_by", "done_on"))  # written by the steps, not by the plan
    task.save()
    task.partners.set(_others(plan.partners, task))
    task.schools.set(_others(plan.schools, task))
    _write_steps(task, plan.steps)


def _fill(task: Task, plan: TaskPlan) -> None:
    for name in ("batch", "start", "due", "goal"):
        setattr(task, name, getattr(plan, name))
    task.title, task.description = plan.title.strip(), plan.description.strip()
    task.goal_word = plan.goal_word.strip() if plan.goal else ""


def _others(units: Sequence[Unit], task: Task) -> list[int]:
    """Ids of ``units`` beside the owner, each once."""
    return list(dict.fromkeys(unit.pk for unit in units if unit.pk != task.unit_id))


def _check(plan: TaskPlan, task: Task) -> None:
    """What a task must hold by itself and against its steps, a sentence for each field."""
    wrong: dict[str, str] = {}
    if strange := [unit.name for unit in plan.schools if unit.kind != UnitKind.SCHOOL]:
        wrong["schools"] = f"“{'、'.join(strange)}”不是学校，请填在协同单位一栏。"
    if plan.due < plan.start:
        wrong["due"] = "完成期限早于开始日期，请核对。"
    elif outside := [step.what for step in plan.steps if not plan.start <= step.due <= plan.due]:
        wrong["steps"] = f"节点“{'、'.join(outside)}”的期限不在任务的起止日期之内，请核对。"
    done = {step.pk for step in task.milestones.all() if step.done_on} if task.pk else set()
    if done - {step.pk for step in plan.steps}:
        wrong["steps"] = "已完成的节点不能删去。如登记有误，请先在任务页面改为未完成。"
    if wrong:
        raise ValidationError({name: [sentence] for name, sentence in wrong.items()})


def _write_steps(task: Task, steps: Sequence[TypedStep]) -> None:
    """Make the milestones exactly ``steps``; those that stand keep what was written about their completion."""
    own = {step.pk: step for step in task.milestones.all()}
    for typed in steps:
        step = own.pop(typed.pk, None) if typed.pk else None
        step = step or Milestone(task=task)
        step.what, step.due = typed.what.strip(), typed.due
        step.full_clean()
        step.save()
    task.milestones.filter(pk__in=own).delete()


def _names(units: Sequence[Unit]) -> str:
    return "、".join(unit.name for unit in units) or "（无）"
