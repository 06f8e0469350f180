"""Who has to do something about an assessment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from pilots.models import AssessedSchool, Assessment, Objection, Reviewer
from pilots.queries.holding import holding_posts
from pilots.states.assessment import ASSESSMENT_TRANSITIONS, AssessmentState, ObjectionState
from portal.accounts.roles import UNIT_ROLES
from portal.inbox.services import Wait
from portal.workflow import Workflow, register

S = AssessmentState


def assessment_waits(assessment: Assessment) -> Iterable[Wait]:
    """Schools assess themselves, bureaus review, experts score, who holds it answers objections and goes on."""
    match assessment.state:
        case S.SELF:
            yield from _schools(assessment)
            yield _holder(assessment, "自评结束后转入县级复核", assessment.self_until)
        case S.COUNTY:
            yield from _counties(assessment)
            yield _holder(assessment, "复核结束后转入专家评审或公示", assessment.county_until)
        case S.REVIEWING:
            yield from _reviewers(assessment)
            yield _holder(assessment, "评审结束后公示结果", assessment.review_until)
        case S.SHOWN:
            yield from _objections(assessment)
            yield _holder(assessment, "异议期满后公布结果", assessment.objections_until)


def _holder(assessment: Assessment, what: str, due: date) -> Wait:
    unit, url = assessment.held_by, reverse("assessment", args=[assessment.pk])
    return Wait(assessment.name, what, url, unit=unit, roles=holding_posts(unit), due=due)


def _schools(assessment: Assessment) -> Iterator[Wait]:
    rows = AssessedSchool.objects.filter(assessed__assessment=assessment, handed_in_at=None)
    for row in rows.select_related("school", "assessed__community"):
        url, title = reverse("assessed", args=[row.assessed_id]), f"{assessment}：{row.assessed.community}"
        yield Wait(title, "完成自评并提交", url, unit=row.school, roles=UNIT_ROLES, due=assessment.self_until)


def _counties(assessment: Assessment) -> Iterator[Wait]:
    for row in assessment.communities.filter(reviewed_at=None).select_related("community__area"):
        url, area = reverse("assessed", args=[row.pk]), row.community.area
        title = f"{assessment}：{row.community}"
        yield Wait(title, "复核自评", url, unit=area, roles=holding_posts(area), due=assessment.county_until)


def _reviewers(assessment: Assessment) -> Iterator[Wait]:
    rows = Reviewer.objects.filter(assessed__assessment=assessment, handed_in_at=None)
    for row in rows.select_related("user", "assessed__community"):
        url, title = reverse("review", args=[row.pk]), f"{assessment}：{row.assessed.community}"
        yield Wait(title, "评审打分", url, user=row.user, due=assessment.review_until)


def _objections(assessment: Assessment) -> Iterator[Wait]:
    rows = Objection.objects.filter(score__assessed__assessment=assessment, state=ObjectionState.OPEN)
    for row in rows.select_related("unit", "score__item"):
        url, unit = reverse("item-score", args=[row.score_id]), assessment.held_by
        yield Wait(f"{row.unit}：{row.score.item}", "答复异议", url, unit=unit, roles=holding_posts(unit))


register(Assessment, Workflow("考核", ASSESSMENT_TRANSITIONS, assessment_waits))
