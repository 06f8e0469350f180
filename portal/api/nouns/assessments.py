"""捆绑式考核, to read: schemes and rounds with their items, and what each community came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pilots.models import AssessedCommunity, Assessment, Scheme
from pilots.queries.assessment import assessed_for, assessments_for, schemes
from pilots.services.assessment_result import shown_result
from portal.accounts.models import User
from portal.api.noun import Computed, Noun

_ITEM = ("code", "name", "about", "weight", "share", "way", "indicator", "formula", "full_at", "zero_at")
_SUMS = ("key", "name", "area", "effort", "improvement", "joint", "total")
_DAYS = ("self_until", "county_until", "review_until", "objections_until")


def _schemes_for(user: User) -> QuerySet[Scheme]:
    return schemes() if user.has_perm("pilots.view_schemes") else Scheme.objects.none()


def _sums(rows: Sequence[Assessment], user: User) -> Mapping[int, Mapping[str, Any]]:
    """The communities that the person sees, each with its points as the page shows them."""
    return {row.pk: {"results": [_sum(one) for one in shown_result(row, user)["communities"]]} for row in rows}


def _sum(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in _SUMS}


def _sheets(rows: Sequence[AssessedCommunity], user: User) -> Mapping[int, Mapping[str, Any]]:
    """The community's sheet: its sums, its schools and every line; nothing while it may not be seen."""
    found = {}
    for row in rows:
        shown = shown_result(row.assessment, user)["communities"]
        found[row.pk] = {"result": next((one for one in shown if one["key"] == row.pk), None)}
    return found


ASSESSMENTS = (
    Noun(
        "assessment-schemes",
        "考核方案",
        Scheme,
        _schemes_for,
        fields=("name", "basis", "full_points", "is_active"),
        filters={"is_active": "is_active"},
        text=("name",),
        detail=("note",),
        inside={"items": (*_ITEM, "is_value_added")},
    ),
    Noun(
        "assessments",
        "考核",
        Assessment,
        assessments_for,
        fields=("name", "held_by", "scheme", "state", "period", "base_period", *_DAYS, "published_at"),
        filters={name: name for name in ("held_by", "scheme", "state", "period")},
        day="objections_until",
        text=("name",),
        detail=("note", "figures_at", "sha256"),
        inside={"items": (*_ITEM, "is_value_added")},
        computed_detail=Computed({"results": (serializers.JSONField, "各共同体的得分")}, _sums),
    ),
    Noun(
        "assessed-communities",
        "参评共同体",
        AssessedCommunity,
        assessed_for,
        fields=("assessment", "community", "reviewed_at"),
        filters={"assessment": "assessment", "community": "community", "school": "schools__school"},
        area="community__area",
        inside={"schools": ("school", "is_lead", "handed_in_at")},
        computed_detail=Computed({"result": (serializers.JSONField, "得分表")}, _sheets),
    ),
)
