"""Where every list and look-up of assessments and their scores starts: who sees which."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alliances.rules.posts import reads_all
from pilots.models import (
    AssessedCommunity,
    AssessedSchool,
    Assessment,
    Community,
    ItemScore,
    Objection,
    Reviewer,
    Scheme,
)
from pilots.queries.holding import holding_units
from pilots.states.assessment import KNOWN, RESULT_KNOWN, AssessmentState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import within
from portal.accounts.roles import UNIT_ROLES, Role, UnitKind


def schemes() -> QuerySet[Scheme]:
    """Schemes with how many items they have; those out of use last."""
    return Scheme.objects.annotate(size=Count("items")).order_by("-is_active", "name")


def assessments_for(user: User) -> QuerySet[Assessment]:
    """The office all; a bureau its own and those of communities in its area; a school those it is assessed in."""
    rows = Assessment.objects.select_related("held_by", "scheme")
    if reads_all(user):
        return rows
    own = user.units_as(*UNIT_ROLES)
    concerned = AssessedCommunity.objects.filter(_concerns(own), assessment=OuterRef("pk"))
    return rows.filter(Q(held_by__in=holding_units(user)) | (Q(state__in=KNOWN) & Exists(concerned)))


def assessed_for(user: User) -> QuerySet[AssessedCommunity]:
    """The communities within those assessments that concern the person."""
    rows = AssessedCommunity.objects.select_related("assessment__held_by", "community__area", "community__kind")
    if reads_all(user):
        return rows
    known = Q(assessment__state__in=KNOWN) & _concerns(user.units_as(*UNIT_ROLES))
    return rows.filter(Q(assessment__held_by__in=holding_units(user)) | known)


def scores_for(user: User) -> QuerySet[ItemScore]:
    """Scores with their evidence. The office and bureaus all of their communities; a school its own and the joint part,
    and its whole community's once the result is shown; a reviewer, in the time of reviewing, what he scores."""
    rows = ItemScore.objects.select_related(
        "assessed__assessment__held_by",
        "assessed__community__area",
        "item__indicator",
        "school__school",
    )
    if reads_all(user):
        return rows
    own = user.units_as(*UNIT_ROLES)
    known = Q(assessed__assessment__state__in=KNOWN)
    area = known & within(own, "assessed__community__area")
    its_own = known & within(own, "school__school")
    members = AssessedSchool.objects.filter(within(own, "school"), assessed=OuterRef("assessed"))
    shared = known & (Q(school=None) | Q(assessed__assessment__state__in=RESULT_KNOWN)) & Exists(members)
    held = Q(assessed__assessment__held_by__in=holding_units(user))
    reviewed = Q(assessed__in=reviewing(user).values("assessed"), item__way="review")
    return rows.filter(held | area | its_own | shared | reviewed)


def sees_whole(user: User, assessed: AssessedCommunity) -> bool:
    """Whether a person follows the scoring itself: the office, who holds the round, and the bureau of the area."""
    return reads_all(user) or user.has_perm("pilots.review_for_county", assessed)


def reviewing(user: User) -> QuerySet[Reviewer]:
    """What an expert has to score today; nothing outside the round's time, nor when his post is over."""
    rows = Reviewer.objects.select_related("assessed__assessment", "assessed__community")
    if not user.holds(Role.EXPERT):
        return rows.none()
    return rows.filter(
        user=user,
        assessed__assessment__state=AssessmentState.REVIEWING,
        assessed__assessment__review_until__gte=timezone.localdate(),
    )


def objections_for(user: User) -> QuerySet[Objection]:
    """Objections to scores that the person sees."""
    rows = Objection.objects.select_related(
        "score__assessed__assessment__held_by", "score__assessed__community", "score__item", "score__school__school"
    ).select_related("unit")
    if reads_all(user):
        return rows
    own = user.units_as(*UNIT_ROLES)
    held = Q(score__assessed__assessment__held_by__in=holding_units(user))
    return rows.filter(held | within(own) | within(own, "score__assessed__community__area"))


def listed_assessments(user: User, *, state: str = "", text: str = "") -> QuerySet[Any]:
    """The list, with how many communities of each concern the person (``size``)."""
    rows: QuerySet[Any] = assessments_for(user)
    if state:
        rows = rows.filter(state=state)
    if text.strip():
        rows = rows.filter(name__icontains=text.strip())
    seen = Q(communities__in=assessed_for(user).order_by().values("pk"))
    rows = rows.annotate(size=Count("communities", filter=seen, distinct=True))
    return rows.order_by("-created_at", "-pk")


def possible_communities(held_by: Unit) -> QuerySet[Community]:
    """What ``held_by`` may assess: the office all that exist today, a bureau those of its area."""
    rows = Community.objects.filter(during__contains=timezone.localdate()).select_related("area", "kind")
    return rows if held_by.kind == UnitKind.PROVINCE_OFFICE else rows.filter(within([held_by], "area"))


def experts() -> list[User]:
    """Who holds a post as an expert today and can sign in."""
    today = timezone.localdate()
    held = Q(posts__role=Role.EXPERT, posts__during__contains=today)
    return list(User.objects.filter(held, is_active=True).distinct().order_by("name", "username"))


def _concerns(own: list[Unit]) -> Q:
    """Communities of the areas of ``own``, or with a school that is one of them or stands under one."""
    schools = AssessedSchool.objects.filter(within(own, "school"))
    return within(own, "community__area") | Q(pk__in=schools.order_by().values("assessed"))
