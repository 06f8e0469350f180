"""The alliance, its pairs and what they agree on, do, need and discuss."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from alliances.models import Agreement, Alliance, JointBody, JointMeeting, Need, Partnership, Plan, WorkItem
from alliances.queries.agreement import agreements_for
from alliances.queries.alliance import alliances_for
from alliances.queries.body import bodies_for
from alliances.queries.meeting import meetings_for
from alliances.queries.need import needs_for
from alliances.queries.partnership import partnerships_for
from alliances.queries.plan import plans_for
from alliances.queries.work_item import work_items_for
from alliances.services import meeting, need, plan, work_item
from pilots.models import ExpertTeam
from pilots.queries.expert_team import expert_teams_for
from portal.accounts.validators import DAY_BOUNDS
from portal.api.noun import Act, Computed, Noun, acts
from portal.rest import UnitField

_TWO_SIDES = ("partnership__university", "partnership__county")


class ArrangeForm(serializers.Serializer[Any]):
    visitors = serializers.CharField(max_length=100, help_text="来访人员")
    planned_on = serializers.DateField(validators=DAY_BOUNDS, help_text="日期")
    arrangement = serializers.CharField(max_length=200, help_text="时间和地点")


class ClaimForm(ArrangeForm):
    unit = UnitField(help_text="认领高校")
    arrangement = serializers.CharField(max_length=200, allow_blank=True, default="", help_text="时间和地点")


class FinishForm(serializers.Serializer[Any]):
    result = serializers.CharField(max_length=10_000, help_text="完成情况")
    done_on = serializers.DateField(required=False, validators=DAY_BOUNDS, help_text="完成日期，默认今天")


_STANDING = Computed(
    {
        "standing": (serializers.CharField, "现在的情况"),
        "standing_label": (serializers.CharField, "现在的情况（文字）"),
    },
    lambda rows, user: {row.pk: {"standing": str(row.standing), "standing_label": row.standing.label} for row in rows},
)

ALLIANCES = (
    Noun(
        "alliances",
        "联盟",
        Alliance,
        alliances_for,
        fields=("name", "lead", "lead_consolidates"),
        text=("name",),
        detail=("arrangement",),
    ),
    Noun(
        "partnerships",
        "结对",
        Partnership,
        partnerships_for,
        fields=("university", "county", "during", "end_reason"),
        filters={"university": "university", "county": "county"},
        area="county",
        text=("university__name", "county__name"),
        inside={"contacts": ("unit", "post", "phone", "duty")},
        computed=_STANDING,
    ),
    Noun(
        "agreements",
        "协议",
        Agreement,
        agreements_for,
        fields=("partnership", "number", "title", "state", "signed_on", "during", "end_reason"),
        filters={"partnership": "partnership", "state": "state"},
        day="signed_on",
        text=("title", "number"),
        inside={"parties": ("as_signed", "unit"), "commitments": ("unit", "text")},
        detail=("previous",),
    ),
    Noun(
        "work-items",
        "工作事项",
        WorkItem,
        work_items_for,
        fields=("title", "state", "source", "partnership", "owner", "owner_post", "due", "done_on"),
        filters={"state": "state", "source": "source", "partnership": "partnership", "owner": "owner"},
        day="due",
        area="owner",
        text=("title", "detail"),
        detail=("detail", "result"),
        acts=acts(work_item.ACTS, finish=Act(work_item.finish_work_item, FinishForm)),
    ),
    Noun(
        "plans",
        "一县一案、一校一案",
        Plan,
        plans_for,
        fields=("unit", "school_year", "state", "title", "updated_at"),
        filters={"unit": "unit", "school_year": "school_year", "state": "state"},
        area="unit",
        text=("title", "summary"),
        detail=("summary",),
        inside={"goals": ("goal", "measure", "due")},
        acts=acts(plan.ACTS),
    ),
    Noun(
        "needs",
        "需求",
        Need,
        needs_for,
        fields=(
            "unit",
            "kind",
            "what",
            "state",
            "urgency",
            "subject",
            "stage",
            "wanted_by",
            "partnership",
            "is_open",
            "taker",
            "visitors",
            "planned_on",
            "created_at",
        ),
        filters={
            name: name for name in ("unit", "kind", "state", "urgency", "stage", "partnership", "taker", "is_open")
        },
        day="wanted_by",
        area="unit",
        text=("what", "details", "subject"),
        detail=("details", "arrangement", "reason"),
        acts=acts(
            {
                "open": need.open_need,
                "give_back": need.give_back_need,
                "refuse": need.refuse_need,
                "withdraw": need.withdraw_need,
            },
            claim=Act(need.claim_need, ClaimForm),
            arrange=Act(need.arrange_need, ArrangeForm),
            rearrange=Act(need.arrange_need, ArrangeForm),
        ),
    ),
    Noun(
        "meetings",
        "会议",
        JointMeeting,
        meetings_for,
        fields=("kind", "title", "state", "host", "partnership", "body", "start", "end", "begins_at", "place"),
        filters={name: name for name in ("kind", "state", "host", "partnership", "body")},
        day="start",
        text=("title", "place"),
        detail=("minutes", "minutes_sent_at", "reason"),
        inside={
            "agenda": ("text", "speaker"),
            "invitations": ("unit", "attendance", "people"),
            "decisions": ("text", "owner", "owner_post", "due", "work_item"),
        },
        acts=acts(
            {
                "hold": meeting.hold_meeting,
                "send_minutes": meeting.send_minutes,
                "cancel": meeting.cancel_meeting,
            }
        ),
    ),
    Noun(
        "joint-bodies",
        "联合机构",
        JointBody,
        bodies_for,
        fields=("name", "founders", "other_founders", "leads", "since"),
        day="since",
        text=("name", "duties"),
        detail=("duties",),
    ),
    Noun(
        "expert-teams",
        "专家团队",
        ExpertTeam,
        expert_teams_for,
        fields=("name", "batch", "during"),
        filters={"batch": "batch"},
        text=("name",),
        detail=("note",),
        inside={"members": ("unit", "post", "field")},
    ),
)
