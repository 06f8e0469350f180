"""What waits for the unit that called a meeting; who is invited gets a message, and owes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alliances.models import JointMeeting
from alliances.queries.meeting import minutes_awaited
from alliances.states.meeting import MEETING_TRANSITIONS, MeetingState
from portal.accounts.roles import DOING_ROLES, Role, UnitKind
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def meeting_waits(meeting: JointMeeting) -> Iterable[Wait]:
    """After its last day it is to be told as held; then its minutes are to be sent."""
    what = {MeetingState.PLANNED: "登记召开", MeetingState.HELD: "发出纪要"}.get(MeetingState(meeting.state))
    if what is None:
        return
    is_office = meeting.host.kind == UnitKind.PROVINCE_OFFICE
    roles = (Role.EDITOR, Role.STAFF) if is_office else DOING_ROLES
    due = meeting.end if meeting.state == MeetingState.PLANNED else None
    yield Wait(meeting.title, what, reverse("meeting", args=[meeting.pk]), unit=meeting.host, roles=roles, due=due)


register(JointMeeting, Workflow("会议", MEETING_TRANSITIONS, meeting_waits))
add_awaited(JointMeeting, minutes_awaited)
