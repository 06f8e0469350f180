"""Activities, the five batches, their tasks and what came of them."""

from pilots.models.activity import Activity, ActivityKind, HeadCount
from pilots.models.activity_credit import ActivityCredit, ActivityLink
from pilots.models.assessment import (
    AssessedCommunity,
    AssessedSchool,
    Assessment,
    AssessmentItem,
    ItemScore,
    Objection,
    Reviewer,
    ReviewerScore,
)
from pilots.models.batch import Batch
from pilots.models.closing import ClosedFigure, FiguresClosing
from pilots.models.community import (
    Community,
    CommunityDuty,
    CommunityKind,
    CommunityPlan,
    CommunityPolicy,
    DutyOffice,
    GroupSeat,
    Membership,
)
from pilots.models.community_record import CommunityRecord, CommunityRecordKind, DutyWords, ServiceCertificate
from pilots.models.expert_team import ExpertMember, ExpertTeam
from pilots.models.indicator import Indicator, IndicatorSet, Target, TargetMilestone
from pilots.models.inspection import (
    ChecklistLine,
    ChecklistTemplate,
    Correction,
    Finding,
    InspectedUnit,
    Inspection,
    InspectionItem,
)
from pilots.models.order import NeedActivity
from pilots.models.output import Output, OutputKind
from pilots.models.pilot import PilotCounty, PilotSchool
from pilots.models.progress import ProgressComment, ProgressDoubt, ProgressReport, ProgressVersion
from pilots.models.reported import ReportedValue, ValueComment, ValueRule
from pilots.models.reporting import ReportingCadence, ReportingException, ReportingPeriod, ReportingRule
from pilots.models.scheme import Scheme, SchemeItem
from pilots.models.school_profile import SchoolProfile, SchoolStage
from pilots.models.selection import Candidate, Opinion, RoundCriterion, Score, SelectionRound
from pilots.models.survey import Survey, SurveyAnswer
from pilots.models.task import Milestone, Task

__all__ = [
    "Activity",
    "ActivityCredit",
    "ActivityKind",
    "ActivityLink",
    "AssessedCommunity",
    "AssessedSchool",
    "Assessment",
    "AssessmentItem",
    "Batch",
    "Candidate",
    "ChecklistLine",
    "ChecklistTemplate",
    "ClosedFigure",
    "Community",
    "CommunityDuty",
    "CommunityKind",
    "CommunityPlan",
    "CommunityPolicy",
    "CommunityRecord",
    "CommunityRecordKind",
    "Correction",
    "DutyOffice",
    "DutyWords",
    "ExpertMember",
    "ExpertTeam",
    "FiguresClosing",
    "Finding",
    "GroupSeat",
    "HeadCount",
    "Indicator",
    "IndicatorSet",
    "InspectedUnit",
    "Inspection",
    "InspectionItem",
    "ItemScore",
    "Membership",
    "Milestone",
    "NeedActivity",
    "Objection",
    "Opinion",
    "Output",
    "OutputKind",
    "PilotCounty",
    "PilotSchool",
    "ProgressComment",
    "ProgressDoubt",
    "ProgressReport",
    "ProgressVersion",
    "ReportedValue",
    "ReportingCadence",
    "ReportingException",
    "ReportingPeriod",
    "ReportingRule",
    "Reviewer",
    "ReviewerScore",
    "RoundCriterion",
    "Scheme",
    "SchemeItem",
    "SchoolProfile",
    "SchoolStage",
    "Score",
    "SelectionRound",
    "ServiceCertificate",
    "Survey",
    "SurveyAnswer",
    "Target",
    "TargetMilestone",
    "Task",
    "ValueComment",
    "ValueRule",
]
