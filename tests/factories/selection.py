"""Makers of rounds of selection, pilots, profiles and inspections, through their own services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from pilots.models import Candidate, Inspection, SchoolProfile, SchoolStage, SelectionRound
from pilots.services.candidate import TypedScore, put_forward, recommend, save_candidate
from pilots.services.inspection import TypedLine, plan_inspection
from pilots.services.pilot import enter_pilot
from pilots.services.school_profile import ProfileFacts, save_profile
from pilots.services.selection import TypedCriterion, open_round, save_round
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.periods import school_year_of

CRITERIA = (
    TypedCriterion("保障条件", "看经费和人员安排", 60),
    TypedCriterion("参与意愿", "看申报书", 40),
    TypedCriterion("近三年无重大责任事故", "", 0, must_pass=True),
)


def make_round(by: User, *, opened: bool = True, **fields: Any) -> SelectionRound:
    """A round for counties that takes recommendations today; ``fields`` replace what is said here."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "name": "首批试点县遴选",
        "level": SelectionRound.Level.COUNTY,
        "opens_on": today - timedelta(days=1),
        "closes_on": today + timedelta(days=10),
    } | fields
    found = save_round(None, by=by, criteria=CRITERIA, **values)
    return open_round(found, by=by) if opened else found


def full_scores(candidate: Candidate, points: int = 30) -> list[TypedScore]:
    return [
        TypedScore(row.pk, min(points, row.most_points), is_met=True, grounds="材料齐全")
        for row in candidate.round.criteria.all()
    ]


def make_candidate(round: SelectionRound, unit: Unit, by: User, *, sent: bool = True) -> Candidate:
    """A candidate with everything filled in, sent up unless told otherwise."""
    candidate = put_forward(round, unit, by=by)
    save_candidate(candidate, by=by, reasons="基础条件较好，参与意愿强。", scores=full_scores(candidate))
    return recommend(candidate, by=by) if sent else candidate


def facts(**values: Any) -> ProfileFacts:
    """Figures of a plausible primary school."""
    given: dict[str, Any] = {
        "stage": SchoolStage.objects.get(name="小学"),
        "area": SchoolProfile.Area.TOWN,
        "pupils": 800,
        "classes": 18,
        "teachers": 50,
    }
    return ProfileFacts(**given | values)


def make_profile(school: Unit, year: str = "", **values: Any) -> SchoolProfile:
    """This school year's profile, entered by nobody in particular."""
    return save_profile(school, year or school_year_of(timezone.localdate()).key, facts(**values), by=None)


def make_pilot(unit: Unit, since: date = date(2023, 11, 1), until: date | None = None) -> Any:
    return enter_pilot(unit, by=None, since=since, until=until, basis="首批名单")


def make_inspection(by: User, units: list[Unit], *, led_by: Unit | None = None, **fields: Any) -> Inspection:
    """A visit of the office (or of ``led_by``) to ``units``, in preparation."""
    today = timezone.localdate()
    values: dict[str, Any] = {"name": "试点学校工作督导", "starts_on": today, "ends_on": today} | fields
    lines = [TypedLine("组织领导", "看分工"), TypedLine("工作清单")]
    return plan_inspection(led_by=led_by or the_office(), by=by, units=units, lines=lines, **values)
