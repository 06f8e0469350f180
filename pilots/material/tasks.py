"""任务台账, and the evidence of tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from pilots.models import Task
from pilots.progress import Standing
from pilots.queries.task import concerning, progress_of, tasks_for, with_progress
from pilots.sheets.task import COLUMNS, cells
from portal.exchange.official import Sheet
from portal.material import MOST_NAMED, Item, Part, Scope, add_ledger, add_part, count_files, kept_files
from portal.text.named import named


def tasks(scope: Scope) -> QuerySet[Task]:
    """Tasks that the unit or those under it own, or that it shares in, with a day of theirs in the year."""
    rows = tasks_for(scope.user).filter(Q(unit__in=scope.units) | concerning(scope.unit.pk))
    return rows.filter(start__lte=scope.period.end, due__gte=scope.period.start).order_by("batch", "due", "pk")


def _ledger(scope: Scope) -> Sequence[Sheet]:
    return [Sheet("任务台账", COLUMNS, cells(with_progress(tasks(scope)), scope.day))]


def _files(scope: Scope) -> Iterator[Item]:
    return kept_files(tasks(scope), lambda one: one.title)


def _behind(scope: Scope) -> Sequence[str]:
    standing = ((task, progress_of(task, scope.day)) for task in with_progress(tasks(scope)))
    late = [f"{task.title}（{task.unit}）" for task, how in standing if how and how.standing == Standing.BEHIND]
    return [f"滞后的任务：{named(late, MOST_NAMED, word='项')}。"] if late else []


add_ledger("tasks", "任务台账", 20, count=lambda scope: tasks(scope).count(), sheets=_ledger, missing=_behind)
add_part(Part("task-files", "任务佐证", 140, "任务佐证", lambda scope: count_files(tasks(scope)), _files))
