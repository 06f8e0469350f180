"""Activities, the five batches, their tasks and what came of them."""

from pilots.models.activity import Activity, ActivityKind, HeadCount
from pilots.models.batch import Batch
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
from pilots.models.order import NeedActivity
from pilots.models.output import Output, OutputKind
from pilots.models.progress import ProgressComment, ProgressDoubt, ProgressReport, ProgressVersion
from pilots.models.reporting import ReportingCadence, ReportingException, ReportingPeriod, ReportingRule
from pilots.models.task import Milestone, Task

__all__ = [
    "Activity",
    "ActivityKind",
    "Batch",
    "Community",
    "CommunityDuty",
    "CommunityKind",
    "CommunityPlan",
    "CommunityPolicy",
    "CommunityRecord",
    "CommunityRecordKind",
    "DutyOffice",
    "DutyWords",
    "ExpertMember",
    "ExpertTeam",
    "GroupSeat",
    "HeadCount",
    "Membership",
    "Milestone",
    "NeedActivity",
    "Output",
    "OutputKind",
    "ProgressComment",
    "ProgressDoubt",
    "ProgressReport",
    "ProgressVersion",
    "ReportingCadence",
    "ReportingException",
    "ReportingPeriod",
    "ReportingRule",
    "ServiceCertificate",
    "Task",
]
