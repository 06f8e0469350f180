"""Who may do what with tasks of the five batches; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from pilots.rules.confirming import confirms_for
from pilots.rules.posts import does_unit_work, is_planner, shares_in, works_for_owner
from pilots.states.task import TaskState
from portal.accounts.models import User


@rules.predicate
def confirms(user: User, task: Any) -> bool:
    """The level above or the office, aside from who handed it in, and for whom."""
    return task is not None and confirms_for(user, task.unit, task, task.handed_in_by_id)


@rules.predicate
def stands_above(user: User, task: Any) -> bool:
    """The level above or the office, whoever handed it in."""
    return task is not None and confirms_for(user, task.unit)


@rules.predicate
def is_only_planned(user: User, task: Any) -> bool:
    return task is not None and task.state == TaskState.PLANNED


rules.add_perm("pilots.view_tasks", shares_in)
rules.add_perm("pilots.add_task", is_planner | does_unit_work)
rules.add_perm("pilots.change_task", works_for_owner | is_planner)
rules.add_perm("pilots.hand_in_task", works_for_owner)
rules.add_perm("pilots.confirm_task", confirms)
rules.add_perm("pilots.reopen_task", stands_above)
# A plan may be dropped by its owner; what has begun, only by those who would confirm it.
rules.add_perm("pilots.cancel_task", stands_above | (works_for_owner & is_only_planned))
