"""Communities with their schools, and what was done in them."""

from __future__ import annotations

from pilots.models import Community, CommunityRecord
from pilots.queries.community import communities_for
from pilots.queries.community_record import records_for
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
        "community-records",
        "共同体工作记录",
        CommunityRecord,
        records_for,
        fields=("community", "kind", "giver", "taker", "what", "subject", "number", "start", "end", "days"),
        filters={"community": "community", "kind": "kind", "giver": "giver", "taker": "taker"},
        day="start",
        text=("what", "subject"),
    ),
)
