"""What activities can be evidence of, as far as this app and those below know it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from alliances.models import Partnership, WorkItem
from alliances.queries import work_item
from alliances.queries.partnership import partnerships_for, with_side
from alliances.queries.work_item import work_items_for
from pilots.linking import register
from pilots.models import Community, Task
from pilots.queries import task
from pilots.queries.community import communities_for, touching
from pilots.queries.task import tasks_for


def _page(name: str) -> Any:
    return lambda obj: reverse(name, args=[obj.pk])


register(Partnership, label="结对", visible=partnerships_for, concerning=with_side, address=_page("partnership"))
register(
    WorkItem, label="工作清单", visible=work_items_for, concerning=work_item.concerning, address=_page("work-item")
)
register(Community, label="共同体", visible=communities_for, concerning=touching, address=_page("community"))
register(Task, label="任务", visible=tasks_for, concerning=task.concerning, address=_page("task"))
