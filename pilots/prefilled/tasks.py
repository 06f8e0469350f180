"""Milestones of a unit's tasks (五个一批) that fell into the period, and what came of them."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse

from pilots.models import Milestone, Output
from pilots.prefill import Figure, Line, Section, last_day_over, register
from pilots.states.output import COUNTED_OUTPUT
from pilots.states.task import TaskState
from portal.accounts.models import Unit
from portal.periods import Period
from portal.text.official import official_date


def milestone_rows(unit: Unit, period: Period) -> list[Line]:
    return [
        Line(f"milestone:{one.pk}", _text(one), one.task.unit_id, reverse("task", args=[one.task_id]))
        for one in _milestones(unit, period).select_related("task")
    ]


def milestone_figures(unit: Unit, period: Period) -> list[Figure]:
    done = _milestones(unit, period).filter(done_on__isnull=False).count()
    return [Figure("milestones_done", "完成的任务节点", done, "个")]


def milestones_missing(unit: Unit, period: Period) -> list[str]:
    late = _milestones(unit, period).filter(done_on=None, due__lte=last_day_over(period), task__unit=unit)
    return [
        f"任务“{one.task}”的节点“{one.what}”应于{official_date(one.due)}完成，尚未完成。"
        for one in late.select_related("task")
    ]


def output_rows(unit: Unit, period: Period) -> list[Line]:
    return [
        Line(
            f"output:{one.pk}",
            f"{one.kind}：{one.name}（{official_date(one.day)}）",
            one.unit_id,
            reverse("output", args=[one.pk]),
        )
        for one in _outputs(unit, period).select_related("kind")
    ]


def output_figures(unit: Unit, period: Period) -> list[Figure]:
    return [Figure("outputs", "成果", _outputs(unit, period).count(), "项")]


def _milestones(unit: Unit, period: Period) -> QuerySet[Milestone]:
    days = (period.start, period.end)
    own = Q(task__unit=unit) | Q(task__schools=unit)
    rows = Milestone.objects.exclude(task__state__in=(TaskState.PLANNED, TaskState.CANCELLED))
    return rows.filter(own, Q(due__range=days) | Q(done_on__range=days)).order_by("due", "pk").distinct()


def _outputs(unit: Unit, period: Period) -> QuerySet[Output]:
    rows = Output.objects.filter(Q(unit=unit) | Q(school=unit), state__in=COUNTED_OUTPUT)
    return rows.filter(day__range=(period.start, period.end)).order_by("day", "pk")


def _text(milestone: Milestone) -> str:
    end = f"{official_date(milestone.done_on)}完成" if milestone.done_on else f"期限{official_date(milestone.due)}"
    return f"{milestone.task}：{milestone.what}，{end}"


register(Section("tasks", "五个一批任务", 30, milestone_rows, milestone_figures, missing=milestones_missing))
register(Section("outputs", "成果", 35, output_rows, output_figures))
