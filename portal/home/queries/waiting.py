"""The three lists of 待办事项."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, QuerySet

from portal.accounts.models import User
from portal.inbox.models import Waiting
from portal.inbox.queries import awaited_by, late, waiting_for


@dataclass(frozen=True)
class WaitingList:
    """One list: its name in addresses, what it is called, and the sentence that stands where it is empty."""

    name: str
    label: str
    empty: str
    rows: QuerySet[Waiting]

    @cached_property
    def count(self) -> int:
        return self.rows.count()

    @cached_property
    def kinds(self) -> list[tuple[str, int]]:
        """What is to be done, and how many of each: the most first."""
        kinds = self.rows.order_by().values_list("what").annotate(number=Count("pk"))
        return list(kinds.order_by("-number", "what"))

    def of_kind(self, what: str) -> QuerySet[Waiting]:
        """Those of one kind; all where there is none of it."""
        return self.rows.filter(what=what) if what in dict(self.kinds) else self.rows


def lists_of(user: User) -> list[WaitingList]:
    """What waits for ``user``, what he waits for, and what of both is late."""
    own, awaited = waiting_for(user), awaited_by(user)
    both = Waiting.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=awaited.values("pk")))
    return [
        WaitingList("own", "待我办理", "现在没有等您办理的事项。", own),
        WaitingList("awaited", "等待他人办理", "您报送和发起的事项都已办完，没有在等别人的。", awaited),
        WaitingList("late", "已过期限", "没有超过期限的事项。", late(both).select_related("unit", "user")),
    ]
