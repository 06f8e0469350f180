"""Messages about who edits what."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from bulletins.models import Bulk, Submission
from portal.accounts.models import User
from portal.notices.services import send_notice


def assignment_occasion(bulk: Bulk) -> str:
    return f"bulk:{bulk.pk}:assigned"


def tell_assigned(bulk: Bulk, reports: Sequence[Submission], *, to: User) -> None:
    """To the editor: one message for all of them, once the giving can no longer be undone."""
    if reports:
        send_notice(
            occasion=assignment_occasion(bulk),
            about=bulk,
            to=[to],
            template="reports_assigned",
            context={"reports": reports, "by": bulk.by},
            url=reverse("desk") + "?assigned=me",
            why="您是编辑",
            wait_until=bulk.undo_until,
        )
