"""Messages about items of the work list: to the unit that has to do one, and to who put it there."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from alliances.models import WorkItem
from portal.accounts.models import Unit, User
from portal.accounts.roles import DOING_ROLES
from portal.notices.audience import holders
from portal.notices.services import send_notice


def tell_owner(item: WorkItem, template: str, *, by: User, reason: str = "") -> None:
    """Somebody else gave the owner this item, changed it, cancelled it or took it up again."""
    tell_unit(item, item.owner, template, by=by, reason=reason)


def tell_unit(item: WorkItem, unit: Unit, template: str, *, by: User, reason: str = "") -> None:
    """Tell those who do the work of ``unit``, unless one of themselves did it."""
    people = holders(*DOING_ROLES, units=[unit])
    if by not in people:
        _tell(item, people, template, why=f"您负责{unit.label}的工作", reason=reason)


def tell_giver(item: WorkItem, *, by: User) -> None:
    """It is done: to who had put it on the list."""
    if item.created_by and item.created_by != by:
        _tell(item, [item.created_by], "work_item_done", why="这项工作由您列入清单", reason="")


def _tell(item: WorkItem, people: list[User], template: str, *, why: str, reason: str) -> None:
    send_notice(
        occasion=f"work-item:{item.pk}:{template}:{timezone.now().timestamp():.6f}",
        about=item,
        to=people,
        template=template,
        context={"item": item, "reason": reason},
        url=reverse("work-item", args=[item.pk]),
        why=why,
    )
