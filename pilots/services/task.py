"""Writes to a task's plan: what shall be done, by whom, until when, in which steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

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
from portal.text.official import official_date
from portal.workflow import renew_waits, started


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
    if not may_enter_for(by, unit):
        raise PermissionDenied
    task = Task(unit=unit, created_by=by)
    _write(task, plan)
    started(task, "拟定任务", by=by)
    if not by.holds(*UNIT_ROLES, unit=unit):
        tell_assigned(task, by=by)
    return task


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
    for name in ("batch", "start", "due", "goal"):
        setattr(task, name, getattr(plan, name))
    task.title, task.description = plan.title.strip(), plan.description.strip()
    task.goal_word = plan.goal_word.strip() if plan.goal else ""
    task.full_clean(exclude=("handed_in_by", "done_on"))  # written by the steps, not by the plan
    task.save()
    task.partners.set([unit for unit in plan.partners if unit.pk != task.unit_id])
    task.schools.set([unit for unit in plan.schools if unit.pk != task.unit_id])
    _write_steps(task, plan.steps)


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
