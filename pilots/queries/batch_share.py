"""A unit's share in 五个一批, for its own page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from pilots.queries.output import outputs_for, with_facts
from pilots.queries.task import listed_tasks, progress_of
from pilots.states.output import OutputState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import within

#: So many of each are shown.
SHOWN = 10


def batch_share(user: User, unit: Unit) -> dict[str, Any] | None:
    """The nearest tasks that a unit owns or shares in, and the latest outputs of it and of what stands under it."""
    today = timezone.localdate()
    tasks = listed_tasks(user, unit=unit.pk, today=today)[:SHOWN]
    lines = [(task, progress_of(task, today)) for task in tasks]
    live = outputs_for(user).exclude(state=OutputState.WITHDRAWN)
    outputs = list(with_facts(live.filter(within([unit]))).order_by("-day", "-pk")[:SHOWN])
    return {"lines": lines, "outputs": outputs} if lines or outputs else None
