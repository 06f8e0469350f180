"""专家评审: who scores which community, and what he gives; reviewers are blind to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pilots.models import AssessedCommunity, AssessedSchool, ItemScore, Membership, Reviewer, ReviewerScore
from pilots.models.scheme import ItemFields
from pilots.notices.assessment import tell_reviewer
from pilots.services.round_lock import hold_round
from pilots.services.self_assessment import check_points
from pilots.states.assessment import AssessmentState
from portal.accounts.models import Post, User
from portal.accounts.roles import Role
from portal.audit.models import record
from portal.refusals import Refused
from portal.text.official import official_date
from portal.workflow import renew_waits

S = AssessmentState
#: Reviewers can be named until the result is shown.
NAMING = frozenset({S.PREPARING, S.SELF, S.COUNTY, S.REVIEWING})


@dataclass(frozen=True, slots=True)
class TypedReview:
    """What a reviewer typed for one score; ``points`` is None where nothing was."""

    score: int
    points: Decimal | None = None
    words: str = ""


@transaction.atomic
def assign_reviewer(assessed: AssessedCommunity, user: User, *, by: User) -> Reviewer:
    """指定评审专家. Raises Refused for who is no expert, not long enough, or of a unit that is assessed here."""
    if not by.has_perm("pilots.manage_assessment", assessed.assessment):
        raise PermissionDenied
    assessment = hold_round(communities=assessed.pk)
    if assessment.state not in NAMING:
        raise Refused(f"本次考核现在是“{assessment.get_state_display()}”，不能再指定专家。")
    refuse_own_unit(assessed, user)
    _check_post(user, assessed)
    row = Reviewer(assessed=assessed, user=user)
    row.full_clean()
    row.save()
    record(assessed, "pilots.assessedcommunity.reviewer", "指定评审专家", by=by, user=user.pk)
    if assessment.state == S.REVIEWING:
        tell_reviewer(row)
    renew_waits(assessed.assessment)
    return row


@transaction.atomic
def drop_reviewer(reviewer: Reviewer, *, by: User) -> None:
    """取消指定, with what he had written; once he has handed in his scores stay."""
    row = _locked(reviewer)
    if not by.has_perm("pilots.manage_assessment", row.assessed.assessment):
        raise PermissionDenied
    if row.assessed.assessment.state not in NAMING:
        raise Refused("评审已经结束，不能再取消指定。")
    if row.handed_in_at:
        raise Refused("这位专家已提交评分，不能取消指定。")
    record(row.assessed, "pilots.assessedcommunity.no_reviewer", "取消评审专家", by=by, user=row.user_id)
    row.delete()
    renew_waits(row.assessed.assessment)


@transaction.atomic
def save_reviews(reviewer: Reviewer, *, by: User, reviews: Iterable[TypedReview]) -> Reviewer:
    """Keep what a reviewer has so far. Raises Refused outside his time, ValidationError for too many points,
    or words without points."""
    row = _own(reviewer, by)
    possible = {score.pk: score for score in scored_by(row)}
    kept = []
    for typed in reviews:
        score = possible.get(typed.score)
        if score is None:
            continue
        if typed.points is None:
            if typed.words.strip():
                raise ValidationError({f"points_{score.pk}": "这一项写了评语，请同时打分再保存。"})
            continue
        check_points(typed.points, score.item.weight, f"points_{score.pk}")
        kept.append(ReviewerScore(reviewer=row, score=score, points=typed.points, words=typed.words.strip()))
    row.scores.all().delete()
    ReviewerScore.objects.bulk_create(kept)
    record(row.assessed, "pilots.assessedcommunity.score", "专家评分", by=by)
    return row


@transaction.atomic
def hand_in_reviews(reviewer: Reviewer, *, by: User) -> Reviewer:
    """提交评分: every item has points; from now on they count and can no longer be changed."""
    row = _own(reviewer, by)
    wanting = scored_by(row).exclude(reviews__reviewer=row).count()
    if wanting:
        raise Refused(f"还有{wanting}项没有打分，打完再提交。")
    row.handed_in_at = timezone.now()
    row.save(update_fields=["handed_in_at"])
    record(row.assessed, "pilots.assessedcommunity.reviewed", "专家提交评分", by=by)
    renew_waits(row.assessed.assessment)
    return row


def scored_by(reviewer: Reviewer) -> QuerySet[ItemScore]:
    """The scores that a reviewer gives."""
    rows = ItemScore.objects.filter(assessed=reviewer.assessed, item__way=ItemFields.Way.REVIEW)
    return rows.select_related("item", "school__school", "assessed__community")


def refuse_own_unit(assessed: AssessedCommunity, user: User) -> None:
    """Nobody scores his own unit: a school of the community in which he holds a post, or the bureau he works for."""
    schools = set(AssessedSchool.objects.filter(assessed=assessed).values_list("school", flat=True))
    schools |= set(
        Membership.objects.filter(community=assessed.community, during__contains=timezone.localdate()).values_list(
            "school", flat=True
        )
    )
    posts = Post.objects.filter(user=user, during__contains=timezone.localdate()).select_related("unit")
    for post in posts:
        works_there = post.unit_id == assessed.community.area_id and post.role != Role.EXPERT
        if post.unit_id in schools or works_there:
            raise Refused(f"{user}是{post.unit}的人员，不能评审本单位参加的“{assessed.community}”。")


def _check_post(user: User, assessed: AssessedCommunity) -> None:
    today, until = timezone.localdate(), assessed.assessment.review_until
    held = Post.objects.filter(user=user, role=Role.EXPERT, during__contains=today)
    if not user.is_active or not held.exists():
        raise Refused(f"{user}现在不是专家，请先由管理员安排“专家”岗位。")
    if not held.filter(during__contains=max(today, until)).exists():
        raise Refused(f"{user}的专家岗位在评审截止日期{official_date(until)}之前到期，请先延长。")


def _own(reviewer: Reviewer, by: User) -> Reviewer:
    """The row, locked, for the reviewer himself in his time."""
    row = _locked(reviewer)
    if not by.has_perm("pilots.score_as_reviewer", row):
        raise PermissionDenied
    assessment = row.assessed.assessment
    if assessment.state != S.REVIEWING or assessment.review_until < timezone.localdate():
        raise Refused("评审时间已过，不能再评分。")
    if row.handed_in_at:
        raise Refused("评分已经提交，不能再改。")
    refuse_own_unit(row.assessed, by)
    return row


def _locked(reviewer: Reviewer) -> Reviewer:
    hold_round(communities__reviewers=reviewer.pk)
    rows = Reviewer.objects.select_for_update(of=("self",))
    return rows.select_related("assessed__assessment__held_by", "assessed__community__area", "user").get(pk=reviewer.pk)
