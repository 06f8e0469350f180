"""Communities with their schools, their plans, what was done in them, and the certificates of service."""

from __future__ import annotations

from pilots.models import Community, CommunityPlan, CommunityRecord, ServiceCertificate
from pilots.queries.community import communities_for, plans_for
from pilots.queries.community_record import certificates_for, records_for
from portal.api.noun import Noun

COMMUNITIES = (
    Noun(
        "communities",
        "共同体",
        Community,
        communities_for,
        fields=("name", "kind", "area", "during"),
        filters={"kind": "kind", "school": "memberships__school"},
        area="area",
        text=("name",),
        inside={"memberships": ("school", "role", "during"), "seats": ("school", "post", "who")},
    ),
    Noun(
        "community-plans",
        "共同体规划",
        CommunityPlan,
        plans_for,
        fields=("community", "school_year", "updated_at"),
        filters={"community": "community", "school_year": "school_year"},
        area="community__area",
        text=("text",),
        detail=("text",),
    ),
    Noun(
        "community-records",
        "共同体工作记录",
        CommunityRecord,
        records_for,
        fields=("community", "kind", "giver", "taker", "what", "subject", "number", "start", "end", "days"),
        filters={"community": "community", "kind": "kind", "giver": "giver", "taker": "taker"},
        day="start",
        text=("what", "subject"),
    ),
    Noun(
        "service-certificates",
        "服务证明",
        ServiceCertificate,
        certificates_for,
        fields=("record", "created_at"),
        filters={"community": "record__community", "school": "record__taker"},
        area="record__taker",
        detail=("content",),
        related=("record__kind",),
    ),
)
