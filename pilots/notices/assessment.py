"""Messages about assessments; each person hears once of one event."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from pilots.models import AssessedCommunity, Assessment, Objection, Reviewer
from pilots.queries.holding import holding_posts
from pilots.states.assessment import AssessmentState
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES
from portal.notices.audience import holders
from portal.notices.services import send_notice


def tell_assessed(assessment: Assessment, template: str, *, reason: str = "") -> None:
    """The schools of every community, and the bureau of its area."""
    for one in _communities(assessment):
        units = [row.school for row in one.schools.all()] + [one.community.area]
        _tell(one, template, units, reason=reason)


def tell_postponed(assessment: Assessment, *, occasion: int, reason: str) -> None:
    """The same, and the experts still at work; ``occasion`` tells one putting off from the next."""
    for one in _communities(assessment):
        units = [row.school for row in one.schools.all()] + [one.community.area]
        experts = [row.user for row in one.reviewers.all() if row.handed_in_at is None]
        known = experts if assessment.state == AssessmentState.REVIEWING else []
        _tell(one, "assessment_postponed", units, reason=reason, again=str(occasion), people=known)


def tell_counties(assessment: Assessment) -> None:
    """The bureau that reviews."""
    for one in _communities(assessment):
        _tell(one, "assessment_county", [one.community.area])


def tell_reviewers(assessment: Assessment) -> None:
    """Each expert of what he is to score."""
    for one in Reviewer.objects.filter(assessed__assessment=assessment).select_related("assessed__community", "user"):
        tell_reviewer(one)


def tell_reviewer(reviewer: Reviewer) -> None:
    send_notice(
        occasion=f"reviewer:{reviewer.pk}",
        about=reviewer.assessed,
        to=[reviewer.user],
        template="review_asked",
        context={"assessment": reviewer.assessed.assessment, "assessed": reviewer.assessed},
        url=reverse("review", args=[reviewer.pk]),
        why="您是本次考核的评审专家",
    )


def tell_objection_answered(objection: Objection) -> None:
    """The unit that objected."""
    send_notice(
        occasion=f"objection:{objection.pk}",
        about=objection.score.assessed,
        to=holders(*UNIT_ROLES, units=[objection.unit]),
        template="objection_answered",
        context={"objection": objection},
        url=reverse("item-score", args=[objection.score_id]),
        why=f"您负责{objection.unit.label}的工作",
    )


def _communities(assessment: Assessment) -> list[AssessedCommunity]:
    rows = assessment.communities.select_related("community__area", "assessment")
    return list(rows.prefetch_related("schools__school", "reviewers__user"))


def _tell(
    one: AssessedCommunity,
    template: str,
    units: list[Unit],
    *,
    reason: str = "",
    again: str = "",
    people: Iterable[User] = (),
) -> None:
    of_units = [user for unit in units for user in holders(*holding_posts(unit), units=[unit])]
    send_notice(
        occasion=f"assessed:{one.pk}:{template}{again}",
        about=one,
        to=list({user.pk: user for user in (*of_units, *people)}.values()),
        template=template,
        context={"assessment": one.assessment, "assessed": one, "reason": reason},
        url=reverse("assessed", args=[one.pk]),
        why="您的单位参加本次考核",
    )
