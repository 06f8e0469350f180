"""Who holds assessments and keeps schemes, who assesses himself, reviews, scores, objects; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from pilots.models import AssessedCommunity, AssessedSchool, Assessment, ItemScore, Objection, Reviewer, Survey
from pilots.queries.holding import holding_posts, holding_units
from pilots.rules.community import AREA_KINDS, works_for_area
from pilots.rules.posts import is_planner, takes_part
from portal.accounts.models import Unit, User
from portal.accounts.roles import OFFICE_PLANNERS, SPEAKING_ROLES, UNIT_ROLES, Role, UnitKind
from portal.accounts.rules import holds_post

is_expert = holds_post(Role.EXPERT)


@rules.predicate
def holds_for_some_unit(user: User) -> bool:
    return bool(holding_units(user))


@rules.predicate
def holds_it(user: User, obj: Any) -> bool:
    """Works for the unit that holds the assessment to which ``obj`` belongs, or the survey."""
    held_by = _held_by(obj)
    return held_by is not None and user.holds(*holding_posts(held_by), unit=held_by)


def _held_by(obj: Any) -> Unit | None:
    match obj:
        case Assessment() | Survey():
            return obj.held_by
        case AssessedCommunity():
            return obj.assessment.held_by
        case ItemScore():
            return obj.assessed.assessment.held_by
        case Objection():
            return obj.score.assessed.assessment.held_by
    return None


@rules.predicate
def reviews_for_county(user: User, obj: Any) -> bool:
    """Works in the bureau of the community's area; the office speaks for communities it founded itself."""
    assessed = obj.assessed if isinstance(obj, ItemScore) else obj
    if not isinstance(assessed, AssessedCommunity):
        return False
    area = assessed.community.area
    if area.kind == UnitKind.PROVINCE_OFFICE:
        return user.holds(*OFFICE_PLANNERS)
    return area.kind in AREA_KINDS and bool(works_for_area.test(user, area))


def _answers_for(user: User, obj: Any, roles: tuple[str, ...]) -> bool:
    """For a score of its own the school; for one of the joint part the lead."""
    if isinstance(obj, AssessedSchool):
        return user.holds(*roles, unit=obj.school_id)
    if not isinstance(obj, ItemScore):
        return False
    if obj.school is not None:
        return user.holds(*roles, unit=obj.school.school_id)
    return any(user.holds(*roles, unit=school.school_id) for school in obj.assessed.schools.all() if school.is_lead)


@rules.predicate
def assesses_itself(user: User, obj: Any) -> bool:
    return _answers_for(user, obj, UNIT_ROLES)


@rules.predicate
def speaks_for_school(user: User, obj: Any) -> bool:
    return _answers_for(user, obj, SPEAKING_ROLES)


@rules.predicate
def is_the_reviewer(user: User, reviewer: Any) -> bool:
    """His own judgement: nobody acts for an expert."""
    return isinstance(reviewer, Reviewer) and reviewer.user_id == user.pk and user.holds(Role.EXPERT)


@rules.predicate
def may_object(user: User, score: Any) -> bool:
    """Who speaks for a school: to its own scores, and to the joint part of its community."""
    if not isinstance(score, ItemScore):
        return False
    return any(user.holds(*SPEAKING_ROLES, unit=unit) for unit in objecting_units(score))


def objecting_units(score: ItemScore) -> list[int]:
    """The units that a score concerns."""
    if score.school is not None:
        return [score.school.school_id]
    return [school.school_id for school in score.assessed.schools.all()]


rules.add_perm("pilots.view_assessments", takes_part | is_expert)
rules.add_perm("pilots.manage_schemes", is_planner)
rules.add_perm("pilots.view_schemes", holds_for_some_unit)
rules.add_perm("pilots.add_assessment", holds_for_some_unit)
rules.add_perm("pilots.manage_assessment", holds_it)
rules.add_perm("pilots.assess_itself", assesses_itself)
rules.add_perm("pilots.hand_in_self_assessment", speaks_for_school)
rules.add_perm("pilots.review_for_county", reviews_for_county | holds_it)
rules.add_perm("pilots.score_as_reviewer", is_the_reviewer)
rules.add_perm("pilots.raise_objection", may_object)
rules.add_perm("pilots.manage_survey", holds_it)
