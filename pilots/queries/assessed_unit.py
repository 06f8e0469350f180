"""The rounds of 考核 that a unit is assessed in, for its own page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from pilots.models import AssessedCommunity, AssessedSchool
from pilots.queries.assessment import assessed_for
from portal.accounts.models import Unit, User

#: So many are shown on the page.
_MOST = 10


@dataclass(frozen=True, slots=True)
class AssessedAs:
    """A community's sheet; ``total`` is empty until the result is published."""

    assessed: AssessedCommunity
    total: str


def assessed_as(user: User, unit: Unit) -> list[AssessedAs]:
    """The latest first: communities with ``unit`` among their schools, and those of its area. One query."""
    schools = AssessedSchool.objects.filter(school=unit).values("assessed")
    rows = assessed_for(user).filter(Q(community__area=unit) | Q(pk__in=schools))
    return [AssessedAs(row, _total(row)) for row in rows.order_by("-assessment__created_at", "-pk")[:_MOST]]


def _total(row: AssessedCommunity) -> str:
    result = row.assessment.result or {"communities": []}
    return next((one["total"] for one in result["communities"] if one["key"] == row.pk), "")
