"""The alliance of universities and its pairs: what they run on, when they meet, and what they founded together."""

from alliances.models.agreement import Agreement, AgreementParty, Commitment
from alliances.models.body import JointBody
from alliances.models.contact import PartnershipContact
from alliances.models.meeting import AgendaItem, CalendarFeed, Decision, Invitation, JointMeeting
from alliances.models.need import Need, NeedKind
from alliances.models.partnership import Alliance, Partnership
from alliances.models.plan import PLAN_NOUNS, Plan, PlanGoal
from alliances.models.work_item import WorkItem, WorkItemSource

__all__ = [
    "PLAN_NOUNS",
    "AgendaItem",
    "Agreement",
    "AgreementParty",
    "Alliance",
    "CalendarFeed",
    "Commitment",
    "Decision",
    "Invitation",
    "JointBody",
    "JointMeeting",
    "Need",
    "NeedKind",
    "Partnership",
    "PartnershipContact",
    "Plan",
    "PlanGoal",
    "WorkItem",
    "WorkItemSource",
]
