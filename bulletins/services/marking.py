"""Writes of people's decisions about single passages: locking them, letting a finding pass."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from bulletins.models import Entry, PassageLock, Waiver
from bulletins.queries.marked import OneText, locks_of
from bulletins.services.open_issue import open_for_editing
from bulletins.services.print_words import fill_print_text
from bulletins.services.saving import require
from bulletins.states import IN_OFFICE_HANDS
from portal.accounts.models import User
from portal.audit.models import record
from portal.refusals import Refused

#: A passage that is locked is somebody's words, not a whole report.
LONGEST_PASSAGE = 2_000
SHOWN = 60


class PassageChanged(Refused):
    """A save would have changed a locked passage; nothing was stored."""

    def __init__(self, lock: PassageLock) -> None:
        shown = lock.passage[:SHOWN] + ("……" if len(lock.passage) > SHOWN else "")
        super().__init__(
            f"“{shown}”已由{lock.by}锁定为原文，这次保存改动了它，没有保存。请恢复这段文字，或先点“解除锁定”。"
        )
        self.lock = lock


@transaction.atomic
def lock_passage(one: OneText, *, passage: str, by: User) -> PassageLock:
    """原文锁定: from now on no save changes ``passage``. The words must stand there as stored; raises Refused."""
    _demand_editing(one, by)
    passage = passage.replace("\r\n", "\n").strip()
    if not passage:
        raise Refused("请先在文字中选中要锁定的一段。")
    if len(passage) > LONGEST_PASSAGE:
        raise Refused(f"选中了{len(passage)}字，一次最多锁定{LONGEST_PASSAGE}字。")
    lead, text = _stored(one)
    if passage not in lead and passage not in text:
        raise Refused("已保存的文字中没有这一段，请先保存再锁定。")
    present = next((lock for lock in locks_of(one) if lock.passage == passage), None)
    if present:
        return present
    lock = PassageLock.objects.create(**_where(one), passage=passage, by=by)
    _record(one, "lock", "锁定原文", by=by, passage=passage)
    return lock


@transaction.atomic
def release_passage(one: OneText, lock: PassageLock, *, by: User) -> None:
    """解除锁定; who did it is kept. Doing it twice is doing it once."""
    _demand_editing(one, by)
    done = PassageLock.objects.filter(pk=lock.pk, released_at__isnull=True)
    if done.update(released_by=by, released_at=timezone.now()):
        _record(one, "unlock", "解除锁定", by=by, passage=lock.passage)


def keep_locked(one: OneText, *, lead: str, text: str) -> None:
    """Refuse words that lack a locked passage which the stored ones have. Raises PassageChanged.

    What is stored decides: a passage that got lost when reports were joined does not block the entry for ever.
    """
    was = _stored(one)
    for lock in locks_of(one):
        had = lock.passage in was[0] or lock.passage in was[1]
        if had and lock.passage not in lead and lock.passage not in text:
            raise PassageChanged(lock)


@transaction.atomic
def waive_finding(one: OneText, *, rule: str, passage: str, by: User) -> Waiver:
    """忽略: the finding is not told again as long as these words stand there."""
    _demand_editing(one, by)
    waiver, is_new = Waiver.objects.get_or_create(**_where(one), rule=rule, passage=passage, defaults={"by": by})
    if is_new:
        _record(one, "waive", "忽略校对提示", by=by, rule=rule, passage=passage)
    return waiver


@transaction.atomic
def take_back_waiver(one: OneText, waiver: Waiver, *, by: User) -> None:
    """The finding is told again."""
    _demand_editing(one, by)
    _record(one, "unwaive", "恢复校对提示", by=by, rule=waiver.rule, passage=waiver.passage)
    waiver.delete()


def move_marks(old: Entry, to: Sequence[Entry]) -> None:
    """Locks and waivers made on ``old``, which is about to go, pass to the one of ``to`` that has their words."""
    for marks in (PassageLock.objects.filter(entry=old), Waiver.objects.filter(entry=old)):
        for mark in marks:
            home = next((one for one in to if mark.passage in one.lead or mark.passage in one.text), to[0])
            mark.entry = home
            mark.save(update_fields=["entry"])


def _demand_editing(one: OneText, by: User) -> None:
    if isinstance(one, Entry):
        open_for_editing(one.issue, by=by)
        return
    if not by.has_perm("bulletins.edit_submission", one):
        raise PermissionDenied
    require(one, one.state in IN_OFFICE_HANDS, "编辑")


def _stored(one: OneText) -> tuple[str, str]:
    if isinstance(one, Entry):
        return one.lead, one.text
    proposed = copy(one)
    fill_print_text(proposed)
    return proposed.print_lead, proposed.print_text


def _where(one: OneText) -> dict[str, Any]:
    return {"entry": one} if isinstance(one, Entry) else {"submission": one}


def _record(one: OneText, act: str, label: str, *, by: User, **data: Any) -> None:
    record(one, f"{one._meta.label_lower}.{act}", label, by=by, **data)
