"""Makers of tasks of the five batches and of what comes of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from pilots.models import Batch, Output, OutputKind, Task
from pilots.services.output import OutputFacts, propose_output
from pilots.services.task import TaskPlan, TypedStep, create_task
from pilots.services.task_progress import start_task
from portal.accounts.models import Unit, User
from portal.accounts.roles import Role, UnitKind
from tests.factories import make_unit, make_user


def today() -> date:
    return timezone.localdate()


def day(offset: int) -> date:
    """So many days from today."""
    return today() + timedelta(days=offset)


def worker(unit: Unit) -> User:
    """Somebody who does the unit's work."""
    return make_user(Role.STAFF, unit)


def county_school() -> tuple[Unit, Unit]:
    """A county with one of its schools."""
    county = make_unit(UnitKind.COUNTY)
    return county, make_unit(UnitKind.SCHOOL, parent=county)


def a_plan(**fields: Any) -> TaskPlan:
    """A plan that began ten days ago and ends in thirty, with one milestone in twenty days."""
    steps = (TypedStep("集体磨课", day(20)),)
    values: dict[str, Any] = {
        "batch": Batch.objects.get(short_name="精品课"),
        "title": "打磨一门精品课",
        "start": day(-10),
        "due": day(30),
        "steps": steps,
    }
    return TaskPlan(**(values | fields))


def make_task(unit: Unit, *, by: User | None = None, started: bool = True, **fields: Any) -> Task:
    """A task of ``unit``, under way unless it is only to be planned."""
    by = by or worker(unit)
    task = create_task(a_plan(**fields), unit=unit, by=by)
    return start_task(task, by=by) if started else task


def a_course(task: Task | None = None, **fields: Any) -> OutputFacts:
    """The facts of a course."""
    values: dict[str, Any] = {"kind": OutputKind.objects.get(code="course"), "name": "手势舞", "day": day(-1)}
    return OutputFacts(task=task, **(values | fields))


def make_output(unit: Unit, task: Task | None = None, *, by: User | None = None, **fields: Any) -> Output:
    """A course that ``unit`` has proposed."""
    return propose_output(a_course(task, **fields), unit=unit, by=by or worker(unit))
