"""What units report with what was said on it, and the figures of closed periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pilots.models import ClosedFigure, FiguresClosing, ReportedValue
from pilots.queries.closing import closed_figures_for, closings
from pilots.queries.reported import values_for
from pilots.services.closing import is_intact
from portal.accounts.models import User
from portal.api.noun import Computed, Noun
from portal.audit.models import history

_NUMBERS = ("above", "below", "value")


def _closings_for(user: User) -> QuerySet[FiguresClosing]:
    return closings() if user.has_perm("pilots.view_values") else FiguresClosing.objects.none()


def _closed_for(user: User) -> QuerySet[ClosedFigure]:
    return closed_figures_for(user) if user.has_perm("pilots.view_values") else ClosedFigure.objects.none()


def _figures(rows: Sequence[ReportedValue], user: User) -> Mapping[int, Mapping[str, Any]]:
    return {row.pk: {"figure": row.figure, "is_complete": row.is_complete} for row in rows}


def _history(rows: Sequence[ReportedValue], user: User) -> Mapping[int, Mapping[str, Any]]:
    """How each came to be, the latest first, as its page shows it."""
    return {row.pk: {"history": [_entry(one) for one in history(row)[:50]]} for row in rows}


def _entry(one: Any) -> dict[str, Any]:
    told = {name: one.data.get(name) for name in ("before", "after")}
    return {"at": one.at.isoformat(), "by": one.by_name, "label": one.label, "reason": one.reason, **told}


def _intact(rows: Sequence[FiguresClosing], user: User) -> Mapping[int, Mapping[str, Any]]:
    return {row.pk: {"is_intact": is_intact(row)} for row in rows}


FIGURES = (
    Noun(
        "reported-values",
        "填报数据",
        ReportedValue,
        values_for,
        fields=("indicator", "unit", "key", "during", "number", "below", "reason", "version", "by", "at"),
        filters={"indicator": "indicator", "unit": "unit", "period": "key"},
        area="unit",
        text=("indicator__name", "unit__name"),
        inside={"comments": ("by", "text", "at")},
        computed=Computed(
            {
                "figure": (serializers.FloatField, "人们读到的数值；比率按两个数算出，未填完时为空"),
                "is_complete": (serializers.BooleanField, "是否填完"),
            },
            _figures,
        ),
        computed_detail=Computed({"history": (serializers.JSONField, "填报的经过")}, _history),
    ),
    Noun(
        "closings",
        "数据封存",
        FiguresClosing,
        _closings_for,
        fields=("label", "key", "during", "version", "reason", "digest", "by", "at"),
        filters={"period": "key"},
        text=("label", "reason"),
        computed_detail=Computed({"is_intact": (serializers.BooleanField, "现存数据是否仍与校验码一致")}, _intact),
    ),
    Noun(
        "closed-figures",
        "封存的数据",
        ClosedFigure,
        _closed_for,
        fields=("closing", "code", "name", "measured_in", "level", "subject", "subject_name", *_NUMBERS),
        filters={
            "closing": "closing",
            "code": "code",
            "level": "level",
            "subject": "subject",
            "period": "closing__key",
        },
        text=("name", "subject_name"),
    ),
)
