"""An open item of the work list waits for the unit that owns it, until its due date and after."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alliances.models import WorkItem
from alliances.queries.work_item import awaited_work_items
from alliances.states.work_item import WORK_ITEM_TRANSITIONS
from portal.accounts.roles import DOING_ROLES
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def work_item_waits(item: WorkItem) -> Iterable[Wait]:
    """The list of 待办 puts the nearest due date first, so what is late stands on top."""
    if item.is_open:
        yield Wait(
            title=item.title,
            what="办理工作事项",
            url=reverse("work-item", args=[item.pk]),
            unit=item.owner,
            roles=DOING_ROLES,
            due=item.due,
        )


register(WorkItem, Workflow("工作事项", WORK_ITEM_TRANSITIONS, work_item_waits))
add_awaited(WorkItem, awaited_work_items)
