"""Tasks of the five batches as a table, with their milestones in one cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from pilots.exchange.batch import batch
from pilots.models import Task
from pilots.queries.task import tasks_for
from pilots.services.task import TaskPlan, TaskWriter, TypedStep, save_task
from pilots.states.task import TaskState
from portal.accounts.models import User
from portal.exchange import cells
from portal.exchange.sheet import Field, GatheredSheet, Values, day, number, text, unit, units

MOST_WANTED = 100_000
PLAN = ("batch", "title", "start", "due", "description", "goal", "goal_word", "partners", "schools")


class Tasks(GatheredSheet):
    """Plans of tasks. A row is the task of its unit with its title; what is closed does not change."""

    key, label, back, back_label = "tasks", "五个一批任务", "tasks", "五个一批任务"
    take, see = "pilots.add_task", "pilots.view_tasks"
    note = (
        "带*的必须填写。单位可填全称、简称、别名、编码或拼音，几个单位之间用“、”隔开。\n"
        "节点每个一行（同一格内用Alt+回车换行），先写期限，后写内容，如“2025-03-31 完成选题”。\n"
        "已拟定的任务按负责单位和任务名称识别；空着的格子保持原样。"
    )
    key_fields = ("unit", "title")
    writer = TaskWriter
    titles = {"steps": "节点"}

    def fields(self) -> Sequence[Field]:
        return (
            batch("批次", required=True),
            text("title", "任务名称", 34, required=True),
            unit("unit", "负责单位", required=True),
            day("start", "开始日期", required=True),
            day("due", "完成期限", required=True),
            text("description", "任务内容", 40),
            number("goal", "目标数量", MOST_WANTED),
            text("goal_word", "计量单位", 10),
            units("partners", "协同单位"),
            units("schools", "参与学校"),
            text("steps", "节点", 40),
        )

    def name(self, values: Values) -> str:
        return str(values.get("title", ""))

    def things(self, user: User) -> Iterable[Task]:
        rows = tasks_for(user).exclude(state=TaskState.CANCELLED).select_related("batch", "unit__parent")
        return rows.prefetch_related("partners__parent", "schools__parent", "milestones")

    def values(self, thing: Any) -> Values:
        lines = "\n".join(f"{step.due.isoformat()} {step.what}" for step in thing.milestones.all())
        plain = {name: getattr(thing, name) for name in PLAN if name not in ("partners", "schools")}
        return plain | {
            "unit": thing.unit,
            "partners": tuple(thing.partners.all()),
            "schools": tuple(thing.schools.all()),
            "steps": lines,
        }

    def find(self, values: Values, by: User) -> Task | None:
        unit = values["unit"].pk

        def own() -> QuerySet[Task]:
            return tasks_for(by).filter(unit=unit).exclude(state=TaskState.CANCELLED).order_by("-due", "-pk")

        pk = self.known(unit, (values["title"],), own, "title")
        return Task.objects.select_related("batch", "unit").get(pk=pk) if pk else None

    def make(self, values: Values, by: User) -> None:
        self._writer.put(_plan(values, None), unit=values["unit"])

    def change(self, thing: Any, values: Values, changed: frozenset[str], by: User) -> None:
        save_task(thing, _plan(values, thing), by=by)


def _plan(values: Values, known: Task | None) -> TaskPlan:
    return TaskPlan(**{name: values[name] for name in PLAN}, steps=_steps(values["steps"], known))


def _steps(typed: str, known: Task | None) -> list[TypedStep]:
    """A milestone per line; one of the same words is the one that stands already."""
    own = {step.what: step.pk for step in known.milestones.all()} if known else {}
    found = []
    for line in filter(None, map(str.strip, typed.splitlines())):
        first, _, what = line.partition(" ")
        due = cells.day({"节点": first}, "节点")
        if due is None or not what.strip():
            raise ValidationError({"节点": f"“{line}”请先写期限，空一格后写内容，如“2025-03-31 完成选题”。"})
        found.append(TypedStep(what.strip(), due, own.get(what.strip())))
    return found
