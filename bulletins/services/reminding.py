"""温馨提示 to units that still owe something: by the calendar once a day, or by the office's click on a call.

Nobody gets two a day, whoever asks; leaders never; what has been sent in is not mentioned. Whom a call or a returned
report was brought to mind stands in its record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from bulletins.models import Call, CallTarget
from bulletins.notices.reminder import reminded_today, tell_outstanding
from bulletins.queries.outstanding import (
    Item,
    items_of,
    leaders,
    people_behind,
    returned_reports,
    silent_targets,
)
from bulletins.states import CallState
from portal.accounts.models import User
from portal.audit.models import record
from portal.jobs.models import Job
from portal.jobs.services import enqueue, finishing
from portal.refusals import Refused

REMIND = "remind-units"
NO_OFFICER, TODAY_ALREADY, LEADER = "没有信息员", "今天已提醒过", "领导不作提醒"


@dataclass(slots=True)
class Reminded:
    """Who was reminded, and who was not and why; people by name, units without anybody by the unit's."""

    told: list[str] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, name: str, why: str) -> None:
        self.left_out.setdefault(why, []).append(name)

    def sentences(self) -> list[str]:
        """For the page of who clicked."""
        first = f"已提醒{len(self.told)}人：{_listed(self.told)}。" if self.told else "这次没有需要提醒的人。"
        return [first, *(f"未提醒（{why}）：{_listed(names)}。" for why, names in self.left_out.items())]


@transaction.atomic
def remind_of_call(call: Call, *, by: User) -> Reminded:
    """The button 温馨提示. Raises PermissionDenied, and Refused where the call is not open."""
    if not by.has_perm("bulletins.manage_calls"):
        raise PermissionDenied
    if call.state != CallState.SENT:
        raise Refused(f"这份约稿{call.get_state_display()}，不用再提醒。")
    return _remind(items_of(silent_targets().filter(call=call), ()), by=by)


@transaction.atomic
def remind_due() -> Reminded:
    """What the calendar asks for today: calls near their deadline, reports returned some days ago."""
    today = timezone.localdate()
    deadlines = [today + timedelta(days=days) for days in settings.REMINDER_DAYS]
    returned = [today - timedelta(days=days) for days in settings.REMINDER_RETURNED_DAYS]
    targets = silent_targets().filter(call__deadline__in=deadlines, added_at__date__lt=today)
    reports = returned_reports().filter(decided_at__date__in=returned)
    return _remind(items_of(targets, reports), by=None)


def order_reminders() -> None:
    """What beat asks for: once a day from the set hour on; a beat that was down makes up for it."""
    now = timezone.localtime()
    if now.hour >= settings.REMINDER_HOUR:
        enqueue(kind=REMIND, key=f"{REMIND}:{now.date()}", payload={}, by=None)


def run_reminders(job: Job) -> None:
    """The day's reminders, all in one go."""
    with finishing(job):
        remind_due()


def _remind(cause: list[Item], *, by: User | None) -> Reminded:
    """Tell everybody behind ``cause`` of all that lies with him, and write it down with each of these things."""
    day = timezone.localdate()
    result = Reminded()
    behind = people_behind(cause)
    reached = {(item.unit.pk, item.with_approver) for items in behind.values() for item in items}
    for unit in dict.fromkeys(item.unit for item in cause if (item.unit.pk, item.with_approver) not in reached):
        result.leave_out(unit.name, NO_OFFICER)
    everything = _all_of(behind)
    done, chiefs = reminded_today(behind, day), leaders()
    log: dict[models.Model, list[dict[str, str]]] = {}
    for user in behind:
        items = everything[user]
        if user.pk in chiefs:
            result.leave_out(user.name, LEADER)
        elif user.pk in done or not tell_outstanding(user, items, day=day):
            result.leave_out(user.name, TODAY_ALREADY)
        else:
            result.told.append(user.name)
            for item in items:
                log.setdefault(_thing(item), []).append({"unit": item.unit.label, "person": user.name})
    _write_down(log, by=by)
    return result


def _all_of(behind: Iterable[User]) -> dict[User, list[Item]]:
    """Everything that lies with these people, not only what gave the occasion: the message is one for all."""
    behind = list(behind)
    found = people_behind(items_of(silent_targets(), returned_reports())) if behind else {}
    return {user: found.get(user, []) for user in behind}


def _thing(item: Item) -> models.Model:
    return item.about.call if isinstance(item.about, CallTarget) else item.about


def _write_down(log: dict[models.Model, list[dict[str, str]]], *, by: User | None) -> None:
    for thing, told in log.items():
        record(thing, f"{thing._meta.label_lower}.remind", "温馨提示", by=by, told=told)


def _listed(names: list[str]) -> str:
    shown = "、".join(names[:20])
    return f"{shown}等{len(names)}个" if len(names) > 20 else shown
