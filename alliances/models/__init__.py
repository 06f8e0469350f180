"""The alliance of universities and its pairs: what they need, when they meet, and what they founded together."""

from alliances.models.body import JointBody
from alliances.models.meeting import AgendaItem, CalendarFeed, Decision, Invitation, JointMeeting
from alliances.models.need import Need, NeedKind
from alliances.models.partnership import Alliance, Partnership

__all__ = [
    "AgendaItem",
    "Alliance",
    "CalendarFeed",
    "Decision",
    "Invitation",
    "JointBody",
    "JointMeeting",
    "Need",
    "NeedKind",
    "Partnership",
]
