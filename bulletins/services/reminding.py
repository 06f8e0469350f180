"""What of the bulletin is brought to mind (温馨提示): by the calendar, by a click, and along with the rest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from bulletins.models import Call
from bulletins.queries.outstanding import (
    open_receipts,
    owed_answers,
    owed_changes,
    owed_receipts,
    returned_reports,
    silent_targets,
)
from bulletins.states import CallState
from portal.accounts.models import User
from portal.accounts.queries.post import posts_on
from portal.notices.reminding import Owed, Reminded, remind
from portal.refusals import Refused

#: A receipt is asked for by click only; for so long after the sending other reminders mention it as well.
RECEIPT_IS_NEWS = timedelta(days=30)


def reminders_due(day: date) -> list[Owed]:
    """Calls near their deadline that were not sent only today, and reports returned some days ago."""
    deadlines = [day + timedelta(days=days) for days in settings.REMINDER_DAYS]
    returned = [day - timedelta(days=days) for days in settings.REMINDER_RETURNED_DAYS]
    targets = silent_targets().filter(call__deadline__in=deadlines, added_at__date__lt=day)
    return [*owed_answers(targets), *owed_changes(returned_reports().filter(decided_at__date__in=returned))]


def outstanding(people: Collection[User]) -> list[Owed]:
    """Everything of the bulletin that lies with the units of ``people``."""
    units = posts_on().filter(user__in=people).values("unit")
    receipts = open_receipts().filter(sent_at__gte=timezone.now() - RECEIPT_IS_NEWS)
    return [
        *owed_answers(silent_targets().filter(unit__in=units)),
        *owed_changes(returned_reports().filter(unit__in=units)),
        *owed_receipts(receipts.filter(unit__in=units)),
    ]


def remind_of_call(call: Call, *, by: User) -> Reminded:
    """The button 温馨提示. Raises PermissionDenied, and Refused where the call is not open."""
    if not by.has_perm("bulletins.manage_calls"):
        raise PermissionDenied
    if call.state != CallState.SENT:
        raise Refused(f"这份约稿{call.get_state_display()}，不用再提醒。")
    return remind(owed_answers(silent_targets().filter(call=call)), by=by)
