"""What a unit's page says of this app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from pilots.queries.activity_list import listed_activities
from pilots.queries.assessed_unit import assessed_as
from pilots.queries.batch_share import batch_share
from pilots.queries.community import communities_for, communities_of
from pilots.queries.expert_team import expert_teams_for
from pilots.queries.inspection import inspected_for
from pilots.queries.pilot import history_of
from pilots.queries.progress_report import progress_for
from pilots.queries.school_profile import last_profile, schools_for
from pilots.services.official_list import term_text
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.periods import term_of
from portal.registry import SECTION_LINES, SectionLine, add_unit_section, section_lines

MOST_COMMUNITIES = 10
MOST_ACTIVITIES = 8
#: Teams, inspections and reports on the page; all of them stand in their lists.
MOST_LINES = 8


def communities(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """Communities that the unit is in today, or that it founded."""
    seen = communities_for(user)
    memberships = list(communities_of(unit).filter(community__in=seen.order_by().values("pk"))[:MOST_COMMUNITIES])
    founded = list(seen.filter(area=unit).select_related("kind")[:MOST_COMMUNITIES])
    return {"memberships": memberships, "founded": founded} if memberships or founded else None


add_unit_section("共同体", order=35, template="communities/unit_section.html", data=communities)


def pilot_terms(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """When the unit was a pilot, and for who may read it the last profile of a school."""
    if unit.kind not in (UnitKind.COUNTY, UnitKind.SCHOOL) or not user.has_perm("pilots.view_pilots"):
        return None
    terms = [(row, term_text(row)) for row in history_of(unit)]
    reads = unit.kind == UnitKind.SCHOOL and schools_for(user).filter(pk=unit.pk).exists()
    profile = last_profile(unit) if reads else None
    return {"terms": terms, "profile": profile, "reads_profile": reads} if terms or reads else None


add_unit_section("试点", order=30, template="pilots/unit_section.html", data=pilot_terms)
add_unit_section("任务与成果", order=50, template="batches/unit_section.html", data=batch_share)


def activities(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """What counts for the unit this term, and the latest of it, as far as the person may see it."""
    rows, term = listed_activities(user, within=unit.pk), term_of(timezone.localdate())
    latest = list(rows.select_related("kind", "unit")[:MOST_ACTIVITIES])
    if not latest:
        return None
    return {"activities": latest, "term": term, "count": rows.filter(start__range=(term.start, term.end)).count()}


add_unit_section("活动", order=40, template="activities/unit_section.html", data=activities)


def assessments(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """The rounds in which the unit, or communities of its area, are assessed, with the total once published."""
    rows = assessed_as(user, unit)
    return {"rows": rows} if rows else None


add_unit_section("考核评价", order=55, template="assessments/unit_section.html", data=assessments)


def expert_teams(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """The teams in which experts of the unit serve, those of the latest term first."""
    found = expert_teams_for(user).filter(members__unit=unit).distinct().order_by("-during", "name", "pk")
    return section_lines(
        SectionLine(team.name, reverse("team", args=[team.pk]), team.batch.name if team.batch else "各批次")
        for team in found[:MOST_LINES]
    )


add_unit_section("专家团队", order=38, template=SECTION_LINES, data=expert_teams)


def inspections(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """The inspections in which the unit itself was visited, the latest first."""
    found = inspected_for(user).filter(unit=unit).order_by("-inspection__starts_on", "-pk")
    return section_lines(
        SectionLine(
            one.inspection.name,
            reverse("inspected", args=[one.pk]),
            one.inspection.led_by.label,
            one.inspection.get_state_display(),
        )
        for one in found[:MOST_LINES]
    )


add_unit_section("督导检查", order=58, template=SECTION_LINES, data=inspections)


def progress(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """The unit's 学期确认单, the latest period first."""
    found = progress_for(user).filter(unit=unit).order_by("-during", "-pk")
    return section_lines(
        SectionLine(str(report.period), reverse("progress-report", args=[report.pk]), state=report.get_state_display())
        for report in found[:MOST_LINES]
    )


add_unit_section("学期确认单", order=60, template=SECTION_LINES, data=progress)
