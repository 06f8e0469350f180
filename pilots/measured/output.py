"""Figures of outputs and finished tasks, for units."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse

from pilots.queries.figures import counted_outputs, finished_tasks, outputs_behind, per_unit, tasks_behind
from portal.accounts.forms.counted import counted_query
from portal.measures import Measure, Number, add_measure
from portal.periods import Period


def count_outputs(pks: Collection[int], period: Period, **parameters: Any) -> Mapping[int, Number]:
    """Confirmed outputs; ``kind`` (a code) and ``batch`` narrow."""
    return per_unit(pks, counted_outputs(period, **parameters).order_by().values_list("unit", "day"))


def count_tasks(pks: Collection[int], period: Period, **parameters: Any) -> Mapping[int, Number]:
    """Tasks whose completion was confirmed; ``batch`` narrows."""
    rows = finished_tasks(period, **parameters).order_by().values_list("unit", "done_on")
    return per_unit(pks, ((unit, day) for unit, day in rows if day is not None))


def outputs_address(pk: int, period: Period, **parameters: Any) -> str:
    """The list of just these."""
    return _address("outputs", pk, period, parameters)


def tasks_address(pk: int, period: Period, **parameters: Any) -> str:
    return _address("tasks", pk, period, parameters)


def _address(name: str, pk: int, period: Period, parameters: Mapping[str, Any]) -> str:
    asked = {key: value for key, value in parameters.items() if value}
    if "kind" in asked:
        asked["code"] = asked.pop("kind")
    return f"{reverse(name)}?{counted_query(pk, period, **asked)}"


add_measure(
    Measure(
        "outputs",
        "五个一批成果",
        "项",
        count_outputs,
        rows=outputs_behind,
        address=outputs_address,
        meaning="形成日期在时段内、已确认的五个一批成果。",
    )
)
add_measure(
    Measure(
        "tasks_done",
        "完成的五个一批任务",
        "项",
        count_tasks,
        rows=tasks_behind,
        address=tasks_address,
        meaning="在时段内完成并经确认的五个一批任务。",
    )
)
