"""Messages about tasks; each person hears once of one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from pilots.models import Task
from pilots.rules.confirming import level_above
from pilots.states.task import TaskState
from portal.accounts.models import Unit, User
from portal.accounts.roles import DOING_ROLES, OFFICE_PLANNERS, REPORTING_ROLES, SPEAKING_ROLES, Role
from portal.notices.audience import holders
from portal.notices.services import send_notice

WHY_OWNER = "您负责本单位的五个一批任务"
WHY_PARTNER = "您的单位参与这项任务"
WHY_ABOVE = "您所在单位负责确认下级的任务"


def tell_assigned(tasks: Iterable[Task], *, by: User) -> None:
    """Somebody else has planned them for their units; each unit hears once, however many they are."""
    by_unit: dict[int, list[Task]] = defaultdict(list)
    for task in tasks:
        by_unit[task.unit_id].append(task)
    for own in by_unit.values():
        first = min(own, key=lambda task: task.due)
        address = f"{reverse('tasks')}?{urlencode({'state': TaskState.PLANNED})}" if len(own) > 1 else ""
        _tell(first, _keepers([first.unit]), "task_assigned", "assigned", WHY_OWNER, by=by, tasks=own, address=address)


def tell_begun(task: Task, *, by: User) -> None:
    """Partners and schools learn that it has begun."""
    others = [*task.partners.all(), *task.schools.all()]
    people = holders(*sorted(REPORTING_ROLES), Role.PARTNER_READER, units=others)
    _tell(task, people, "task_begun", "begun", WHY_PARTNER, by=by)


def tell_handed_in(task: Task, *, by: User) -> None:
    """Who confirms at the level above, or the office where nobody is there."""
    above = level_above(task.unit)
    people = holders(*SPEAKING_ROLES, units=[above]) if above else []
    _tell(task, people or holders(*OFFICE_PLANNERS), "task_handed_in", _now("handed-in"), WHY_ABOVE, by=by)


def tell_confirmed(task: Task) -> None:
    _tell(task, _keepers([task.unit]), "task_confirmed", _now("confirmed"), WHY_OWNER)


def tell_returned(task: Task, reason: str) -> None:
    _tell(task, _keepers([task.unit]), "task_returned", _now("returned"), WHY_OWNER, reason=reason)


def tell_cancelled(task: Task, reason: str, *, by: User) -> None:
    """The owner and whoever shared in it."""
    people = _keepers([task.unit, *task.partners.all(), *task.schools.all()])
    _tell(task, people, "task_cancelled", _now("cancelled"), WHY_PARTNER, by=by, reason=reason)


def _keepers(units: Iterable[Unit]) -> list[User]:
    return holders(*DOING_ROLES, units=units)


def _now(event: str) -> str:
    """An event that may come again."""
    return f"{event}:{timezone.now().timestamp():.6f}"


def _tell(
    task: Task,
    people: Iterable[User],
    template: str,
    event: str,
    why: str,
    *,
    by: User | None = None,
    reason: str = "",
    tasks: Sequence[Task] = (),
    address: str = "",
) -> None:
    """Who has done it himself is not told."""
    send_notice(
        occasion=f"task:{task.pk}:{event}",
        about=task,
        to=[person for person in people if by is None or person.pk != by.pk],
        template=template,
        context={"task": task, "reason": reason, "tasks": tasks},
        url=address or reverse("task", args=[task.pk]),
        why=why,
    )
