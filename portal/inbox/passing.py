"""When a post changes hands, what waits for the person by name in that unit goes along."""

from __future__ import annotations

from portal.accounts.models import Unit, User
from portal.accounts.passing import Errand, register
from portal.inbox.models import Waiting


def count(unit: Unit, role: str, giver: User) -> int:
    return Waiting.objects.filter(user=giver, unit=unit).count()


def hand(unit: Unit, role: str, giver: User, taker: User, by: User | None) -> int:
    return Waiting.objects.filter(user=giver, unit=unit).update(user=taker)


register(Errand("指名由本人办理的待办", "件", count, hand))
