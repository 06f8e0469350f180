"""考核结果, once it is published: a sheet for each community that concerns the unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import Q

from pilots.models import AssessedCommunity
from pilots.queries.assessment import assessed_for
from pilots.services.assessment_tables import community_sheet
from pilots.states.assessment import AssessmentState
from portal.material import Item, Made, Part, Scope, add_part, safe
from portal.periods import parse_period
from portal.printing.circular import circular_docx


def results(scope: Scope) -> list[AssessedCommunity]:
    """Communities in published rounds over a time that has a day in the year."""
    units = scope.units
    concerned = Q(community__area__in=units) | Q(schools__school__in=units)
    rows = assessed_for(scope.user).filter(concerned, assessment__state=AssessmentState.PUBLISHED).distinct()
    return [one for one in rows if _in_year(scope, one.assessment.period)]


def _in_year(scope: Scope, key: str) -> bool:
    period = parse_period(key)
    return period is not None and period.start <= scope.period.end and scope.period.start <= period.end


def _files(scope: Scope) -> Iterator[Item]:
    for one in results(scope):
        yield Made(f"{safe(one.assessment.name)}/{safe(one.community.name)}.docx", _maker(one))


def _maker(one: AssessedCommunity) -> Callable[[], bytes]:
    def make() -> bytes:
        result = one.assessment.result or {"communities": [], "items": []}
        own = [row for row in result["communities"] if row["key"] == one.pk]
        return circular_docx(community_sheet(one, result | {"communities": own}))

    return make


add_part(Part("assessments", "考核结果", 160, "考核结果", lambda scope: len(results(scope)), _files))
