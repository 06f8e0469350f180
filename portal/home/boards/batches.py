"""五个一批 against their targets: outputs, finished tasks, activities, and how running tasks stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from pilots.models import Indicator, OutputKind, Task
from pilots.progress import Standing
from pilots.queries.activity import batches
from pilots.queries.task import concerning, standings
from pilots.states.task import TaskState
from portal.accounts.queries.unit import within
from portal.home.boards.facts import BatchLine, Figure, Quota
from portal.home.boards.headline import figure_of
from portal.home.boards.subjects import BoardSubject
from portal.measures import measure_called
from portal.periods import Period

#: What of a batch is counted, and what it is called there.
COUNTED = {"outputs": "成果", "tasks_done": "完成任务", "activities": "活动"}
_MEANINGS = {
    Standing.NORMAL: "实施中、按节点和进度正常推进的任务。",
    Standing.WATCH: "实施中、有节点过期或进度偏低的任务。",
    Standing.BEHIND: "实施中、多个节点过期、进度明显偏低或已过完成期限的任务。",
}


def batch_lines_of(
    subject: BoardSubject, period: Period, day: date, quotas: Sequence[tuple[Indicator, Quota]]
) -> list[BatchLine]:
    """A line for each of the five. ``quotas`` are all of the board; a batch shows those set for it."""
    by_batch = _running(subject, day)
    of_kind = dict(OutputKind.objects.values_list("code", "batch"))
    lines = []
    for batch in batches():
        figures = [
            figure_of(measure, subject.pk, period, label, batch=batch.pk)
            for name, label in COUNTED.items()
            if (measure := measure_called(name))
        ]
        own = [quota for indicator, quota in quotas if batch_of(indicator, of_kind) == batch.pk]
        standing = [_standing(subject, batch.pk, one, by_batch[batch.pk, one]) for one in Standing]
        lines.append(BatchLine(batch.name, batch.short_name, figures, standing, own))
    return lines


def batch_of(indicator: Indicator, of_kind: Mapping[str, int | None]) -> int | None:
    """The batch that an indicator is about, by what it counts."""
    batch = indicator.parameters.get("batch")
    if isinstance(batch, int):
        return batch
    return of_kind.get(str(indicator.parameters.get("kind", "")))


def tasks_of(subject: BoardSubject) -> QuerySet[Task]:
    """The tasks of a unit as the list of tasks narrows them: an area's, or what a unit owns or shares in."""
    if subject.is_office:
        return Task.objects.all()
    return Task.objects.filter(within([subject.pk]) if subject.is_area else concerning(subject.pk))


def tasks_url(subject: BoardSubject, **asked: str | int) -> str:
    """The list of these."""
    narrowed: dict[str, str | int] = {}
    if not subject.is_office:
        narrowed = {"area": subject.pk} if subject.is_area else {"unit": subject.name}
    return f"{reverse('tasks')}?{urlencode({**narrowed, **asked})}"


def _running(subject: BoardSubject, day: date) -> Counter[tuple[int, str]]:
    """How many running tasks of each batch stand so."""
    running = tasks_of(subject).filter(state=TaskState.UNDER_WAY)
    batch = dict(running.order_by().values_list("pk", "batch"))
    return Counter((batch[pk], progress.standing) for pk, progress in standings(running, day).items())


def _standing(subject: BoardSubject, batch: int, standing: Standing, number: int) -> Figure:
    label = f"{standing.label}任务"
    return Figure(label, number, "项", tasks_url(subject, batch=batch, standing=standing.value), _MEANINGS[standing])
