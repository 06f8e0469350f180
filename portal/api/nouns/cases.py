"""Cases (典型案例), to read: their facts, their text, and every version as it left its unit."""

from __future__ import annotations

from bulletins.models import Case
from bulletins.queries.case import cases_for
from portal.api.noun import Noun

CASES = (
    Noun(
        "cases",
        "典型案例",
        Case,
        cases_for,
        fields=(
            "title",
            "unit",
            "partners",
            "other_partners",
            "topic",
            "stage",
            "area",
            "state",
            "submitted_at",
            "published_at",
        ),
        filters={name: name for name in ("unit", "topic", "stage", "state")} | {"partner": "partners"},
        area="area",
        text=("title",),
        detail=("frame", "parts", "reason"),
        inside={"versions": ("number", "title", "parts", "at")},
    ),
)
