"""Laying out the sheets of a round when it opens: items as the scheme has them, schools as they are that day."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from pilots.models import AssessedCommunity, AssessedSchool, Assessment, AssessmentItem, ItemScore, Membership, Survey
from pilots.models.scheme import ItemFields
from pilots.queries.community import members_on
from pilots.services.scheme import ITEM_FIELDS
from portal.accounts.models import User
from portal.refusals import Refused


def lay_out(assessment: Assessment, *, by: User) -> None:
    """Copy the scheme's items and make a row for every score.

    Raises Refused for a community without lead or members.
    """
    items = AssessmentItem.objects.bulk_create(
        AssessmentItem(assessment=assessment, **{field: getattr(item, field) for field in ITEM_FIELDS})
        for item in assessment.scheme.items.select_related("indicator")
    )
    for assessed in assessment.communities.select_related("community"):
        schools = _schools(assessed)
        scores = ItemScore.objects.bulk_create(_scores(assessed, items, schools))
        _open_surveys(assessment, scores, by)


def _schools(assessed: AssessedCommunity) -> list[AssessedSchool]:
    today = list(members_on().filter(community=assessed.community))
    roles = {row.role for row in today}
    if roles != {Membership.Role.LEAD, Membership.Role.MEMBER}:
        raise Refused(f"“{assessed.community}”现在没有牵头校或成员校，不能参评，请先补齐或移出本次考核。")
    return AssessedSchool.objects.bulk_create(
        AssessedSchool(assessed=assessed, school_id=row.school_id, is_lead=row.role == Membership.Role.LEAD)
        for row in today
    )


def _scores(
    assessed: AssessedCommunity, items: list[AssessmentItem], schools: list[AssessedSchool]
) -> Iterator[ItemScore]:
    """The lead's items for the lead, the members' for each member, the joint part once."""
    shares = ItemFields.Share
    for item in items:
        if item.share == shares.JOINT:
            yield ItemScore(assessed=assessed, item=item)
            continue
        for school in schools:
            if school.is_lead == (item.share == shares.LEAD):
                yield ItemScore(assessed=assessed, item=item, school=school)


def _open_surveys(assessment: Assessment, scores: list[ItemScore], by: User) -> None:
    """A survey for each score that is made by one: from today to the end of the county's review."""
    Survey.objects.bulk_create(
        Survey(
            title=f"{score.item.name}调查：{score.who}"[:100],
            held_by=assessment.held_by,
            score=score,
            statements=score.item.statements.splitlines(),
            opens_on=timezone.localdate(),
            closes_on=assessment.county_until,
            created_by=by,
        )
        for score in scores
        if score.item.way == ItemFields.Way.SURVEY
    )
