"""Tasks done and outputs as figures: of a unit, and of what stood under it on the day when they came to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import QuerySet

from pilots.models import Output, Task
from pilots.queries.output import of_batch
from pilots.states.output import COUNTED_OUTPUT
from pilots.states.task import TaskState
from portal.accounts.queries.unit_tree import UnitTree
from portal.periods import Period


def counted_outputs(period: Period, *, kind: str = "", batch: int | None = None) -> QuerySet[Output]:
    """Confirmed outputs of a period; ``kind`` is a kind's code."""
    rows = Output.objects.filter(state__in=COUNTED_OUTPUT, day__range=(period.start, period.end))
    if kind:
        rows = rows.filter(kind__code=kind)
    return rows.filter(of_batch(batch)) if batch is not None else rows


def finished_tasks(period: Period, *, batch: int | None = None) -> QuerySet[Task]:
    """Tasks whose completion was confirmed in a period."""
    rows = Task.objects.filter(state=TaskState.DONE, done_on__range=(period.start, period.end))
    return rows.filter(batch=batch) if batch is not None else rows


def outputs_behind(pk: int, period: Period, *, kind: str = "", batch: int | None = None) -> QuerySet[Output]:
    """The outputs that one unit's figure is made of."""
    rows = counted_outputs(period, kind=kind, batch=batch)
    return rows.filter(pk__in=_standing_under(pk, rows.order_by().values_list("pk", "unit", "day")))


def tasks_behind(pk: int, period: Period, *, batch: int | None = None) -> QuerySet[Task]:
    """The tasks that one unit's figure is made of."""
    rows = finished_tasks(period, batch=batch)
    return rows.filter(pk__in=_standing_under(pk, rows.order_by().values_list("pk", "unit", "done_on")))


def per_unit(pks: Collection[int], found: Iterable[tuple[int, date]]) -> dict[int, int]:
    """By unit of ``pks``: how many of ``found`` (unit and day) are its own or stood under it then. Four queries."""
    tree, wanted, figures = UnitTree(), set(pks), Counter[int]()
    for unit, day in found:
        figures.update(wanted.intersection(tree.path(unit, day)))
    return dict(figures)


def _standing_under(pk: int, found: Iterable[tuple[int, int, date | None]]) -> list[int]:
    tree = UnitTree()
    return [row for row, unit, day in found if day is not None and pk in tree.path(unit, day)]
