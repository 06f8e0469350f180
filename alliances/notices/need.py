"""Messages about needs: to the other side, when somebody else's act changes what it may count on."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alliances.models import Need
from portal.accounts.models import Unit, User
from portal.audit.models import history
from portal.notices.audience import reporters_of
from portal.notices.services import send_notice


def tell_asking(need: Need, template: str, *, by: User) -> None:
    """The unit that asked, and who wrote it down there."""
    _tell(need, template, [*reporters_of(need.unit), need.created_by], by=by, why="这是贵单位提出的需求")


def tell_taker(need: Need, taker: Unit, template: str, *, by: User) -> None:
    """The university that took it."""
    _tell(need, template, reporters_of(taker), by=by, why="这项需求由贵校认领")


def _tell(need: Need, template: str, people: Iterable[User], *, by: User, why: str) -> None:
    """Each act is an occasion of its own: a need can be taken, given back and taken again."""
    send_notice(
        occasion=f"need:{need.pk}:{template}:{history(need).count()}",
        about=need,
        to={user.pk: user for user in people if user.pk != by.pk and user.is_active}.values(),
        template=template,
        context={"need": need},
        url=reverse("need", args=[need.pk]),
        why=why,
    )
