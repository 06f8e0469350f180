"""Choosing pilots, the pilots, their profiles, and visits of inspection."""

from __future__ import annotations

from functools import partial
from typing import Any

from rest_framework import serializers

from pilots.models import (
    Candidate,
    Correction,
    InspectedUnit,
    Inspection,
    PilotCounty,
    PilotSchool,
    SchoolProfile,
    SelectionRound,
)
from pilots.queries.inspection import corrections_for, inspected_open_to, inspections_for
from pilots.queries.pilot import pilots_for
from pilots.queries.school_profile import profiles_for
from pilots.queries.selection import candidates_for, rounds_for
from pilots.services import candidate, correction, inspection, selection
from portal.api.noun import Act, Noun, acts


class AnswerForm(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=10_000, help_text="整改情况")


def _pilots(path: str, label: str, model: Any, level: str) -> Noun:
    return Noun(
        path,
        label,
        model,
        partial(pilots_for, level=level),
        fields=("unit", "during", "basis", "candidate", "withdrawn_reason"),
        filters={"unit": "unit", "round": "candidate__round"},
        area="unit",
        text=("unit__name",),
        related=("candidate__unit",),
    )


PILOTS = (
    Noun(
        "selection-rounds",
        "遴选批次",
        SelectionRound,
        rounds_for,
        fields=("name", "level", "state", "opens_on", "closes_on", "places", "term_since", "term_until"),
        filters={"level": "level", "state": "state"},
        day="opens_on",
        text=("name",),
        detail=("note", "published_at"),
        inside={"criteria": ("name", "how", "most_points", "must_pass")},
        acts=acts(selection.ACTS),
    ),
    Noun(
        "candidates",
        "候选单位",
        Candidate,
        candidates_for,
        fields=("round", "unit", "recommended_by", "state", "recommended_at", "decided_at"),
        filters={"round": "round", "unit": "unit", "recommended_by": "recommended_by", "state": "state"},
        area="unit",
        text=("unit__name",),
        detail=("reasons", "decision"),
        inside={
            "scores": ("criterion", "points", "is_met", "grounds"),
            "opinions": ("university", "leaning", "text", "at"),
        },
        acts=acts(candidate.ACTS),
    ),
    _pilots("pilot-counties", "试点县", PilotCounty, "county"),
    _pilots("pilot-schools", "试点学校", PilotSchool, "school"),
    Noun(
        "school-profiles",
        "学校概况",
        SchoolProfile,
        profiles_for,
        fields=("school", "school_year", "stage", "area", "is_rural_central", "pupils", "classes", "teachers"),
        filters={
            "school": "school",
            "school_year": "school_year",
            "stage": "stage",
            "place": "area",
            "is_rural_central": "is_rural_central",
        },
        area="school",
        text=("school__name",),
        detail=("condition", "updated_at"),
    ),
    Noun(
        "inspections",
        "督导检查",
        Inspection,
        inspections_for,
        fields=("name", "led_by", "state", "starts_on", "ends_on", "inspectors"),
        filters={"led_by": "led_by", "state": "state"},
        day="starts_on",
        text=("name",),
        detail=("note", "reported_at"),
        inside={"items": ("name", "how")},
        acts=acts(inspection.ACTS),
    ),
    Noun(
        "inspected-units",
        "检查情况",
        InspectedUnit,
        inspected_open_to,
        fields=("inspection", "unit", "visited_on"),
        filters={"inspection": "inspection", "unit": "unit"},
        day="visited_on",
        area="unit",
        text=("unit__name",),
        detail=("remark",),
        inside={"findings": ("item", "result", "remark")},
    ),
    Noun(
        "corrections",
        "整改事项",
        Correction,
        corrections_for,
        fields=("inspected", "state", "what", "due", "answered_at", "closed_at"),
        filters={"inspected": "inspected", "inspection": "inspected__inspection", "state": "state"},
        day="due",
        area="inspected__unit",
        text=("what",),
        detail=("answer", "remark"),
        acts=acts(correction.ACTS, answer=Act(correction.answer, AnswerForm)),
    ),
)
