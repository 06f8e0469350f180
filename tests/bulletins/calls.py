"""Makers of calls for tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from bulletins.models import Call, CallTarget
from bulletins.services.call import create_call, send_call
from portal.accounts.models import Unit, User
from portal.inbox.queries import waiting_for


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def make_call(editor: User, units: Iterable[Unit], **fields: Any) -> Call:
    """A call that has been sent to ``units``, open for ten days."""
    given: dict[str, Any] = {
        "topic": "秋季教研",
        "wanted": "写一写这一季的联合教研。",
        "deadline": in_days(10),
    } | fields
    return send_call(create_call(by=editor, units=units, **given), by=editor)


def target_of(call: Call, unit: Unit) -> CallTarget:
    return call.targets.select_related("call", "unit").get(unit=unit)


def waits_of(user: User) -> list[str]:
    """What stands in the person's 待办, as it is read."""
    return [str(row) for row in waiting_for(User.objects.get(pk=user.pk))]
