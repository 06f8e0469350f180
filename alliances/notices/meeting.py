"""Messages about meetings: to the officers of the units that are invited."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alliances.models import JointMeeting
from portal.accounts.models import Unit, User
from portal.accounts.roles import REPORTING_ROLES
from portal.audit.models import history
from portal.notices.audience import holders
from portal.notices.services import send_notice


def tell_invited(meeting: JointMeeting, units: Iterable[Unit | int], template: str, *, by: User) -> None:
    """Each act is an occasion of its own: a meeting can be moved more than once."""
    people = holders(*sorted(REPORTING_ROLES), units=units)
    send_notice(
        occasion=f"meeting:{meeting.pk}:{template}:{history(meeting).count()}",
        about=meeting,
        to=[user for user in people if user.pk != by.pk],
        template=template,
        context={"meeting": meeting},
        url=reverse("meeting", args=[meeting.pk]),
        why="贵单位受邀参加这次会议",
    )
