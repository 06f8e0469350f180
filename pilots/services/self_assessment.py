"""自评 by the schools and 县级复核 by their bureau."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import AssessedCommunity, AssessedSchool, ItemScore
from pilots.models.scheme import ItemFields
from pilots.queries.tally import line_of
from pilots.scoring import number
from pilots.services.round_lock import hold_round
from pilots.states.assessment import AssessmentState
from portal.accounts.models import User
from portal.audit.models import record
from portal.refusals import Refused
from portal.text.named import named
from portal.workflow import renew_waits

LONGEST_WORDS = 3_000
#: What a school writes about: what it scores itself, and what reviewers will look at.
WRITTEN = frozenset({ItemFields.Way.SELF, ItemFields.Way.REVIEW})
S = AssessmentState

#: The states in which points may be set.
SETTLING = frozenset({S.COUNTY, S.REVIEWING})


def check_points(points: Decimal, weight: Decimal, field: str = "points") -> None:
    """Raise ValidationError for points below 0 or above what the item is worth."""
    if points < 0:
        raise ValidationError({field: "得分不能小于0。"})
    if points > weight:
        raise ValidationError({field: f"这项最高{number(weight)}分，请核对。"})


@transaction.atomic
def write_self_assessment(score: ItemScore, *, by: User, points: Decimal | None, words: str) -> ItemScore:
    """What the school says of one item; ``points`` only where it scores itself. Unfinished or not, it is kept.

    Raises PermissionDenied, Refused outside 自评 or once it was handed in, ValidationError by field.
    """
    locked = _locked_score(score)
    if not by.has_perm("pilots.assess_itself", locked):
        raise PermissionDenied
    if sentence := writing_closed(locked):
        raise Refused(sentence)
    if locked.item.way not in WRITTEN:
        raise Refused("这项按数据计分，不用自评。")
    if len(words) > LONGEST_WORDS:
        raise ValidationError({"words": f"自评说明超过{LONGEST_WORDS}字，请缩短。"})
    if points is not None and locked.item.way == ItemFields.Way.SELF:
        check_points(points, locked.item.weight)
        locked.self_points = points
    elif locked.item.way == ItemFields.Way.SELF:
        locked.self_points = None
    locked.words = words.strip()
    locked.save(update_fields=["self_points", "words"])
    record(locked, "pilots.itemscore.self", "自评", by=by, points=str(points) if points is not None else "")
    return locked


def writing_closed(score: ItemScore) -> str:
    """Why a school may not write or add files now, in a sentence; empty where it may."""
    assessment = score.assessed.assessment
    if assessment.state != S.SELF:
        return f"本次考核现在是“{assessment.get_state_display()}”，自评不能再改。"
    school = score.school or score.assessed.schools.filter(is_lead=True).first()
    if school is not None and school.handed_in_at:
        return "自评已经提交。需要修改的，请先“撤回自评”。"
    return ""


@transaction.atomic
def hand_in(school: AssessedSchool, *, by: User) -> AssessedSchool:
    """提交自评: everything the school scores itself has points. The lead hands in the joint part as well."""
    row = _locked_school(school, by)
    if row.handed_in_at:
        raise Refused("自评已经提交，不用重复提交。")
    if wanting := [score.item for score in own_scores(row) if _is_wanting(score)]:
        raise Refused(f"还没有填完：{named(wanting, 5, word='项')}。自评项要打分，专家评审项要写说明。")
    row.handed_in_by, row.handed_in_at = by, timezone.now()
    row.save(update_fields=["handed_in_by", "handed_in_at"])
    _follow(row.assessed, "pilots.assessedcommunity.hand_in", f"{row.school.label}提交自评", by)
    return row


@transaction.atomic
def take_back(school: AssessedSchool, *, by: User) -> AssessedSchool:
    """撤回自评 while 自评 lasts."""
    row = _locked_school(school, by)
    if not row.handed_in_at:
        raise Refused("自评还没有提交，可以直接修改。")
    row.handed_in_by = row.handed_in_at = None
    row.save(update_fields=["handed_in_by", "handed_in_at"])
    _follow(row.assessed, "pilots.assessedcommunity.take_back", f"{row.school.label}撤回自评", by)
    return row


@transaction.atomic
def settle_score(score: ItemScore, *, by: User, points: Decimal | None, reason: str) -> ItemScore:
    """核定: points of the county's own with a reason, or None to agree with what was worked out.

    The county in its review, who holds the round until the result is shown. What figures, marks or reviewers have given
    is not overruled: only what the school scored itself, and what has no points.
    """
    locked = _locked_score(score)
    if not by.has_perm("pilots.review_for_county", locked):
        raise PermissionDenied
    assessment = locked.assessed.assessment
    if assessment.state not in SETTLING:
        raise Refused(f"本次考核现在是“{assessment.get_state_display()}”，不能核定得分。")
    if assessment.state != S.COUNTY and not by.has_perm("pilots.manage_assessment", assessment):
        raise Refused("县级复核已经结束，需要调整的，请与组织单位联系。")
    worked_out = line_of(locked).worked_out
    if locked.item.way != ItemFields.Way.SELF and worked_out is not None:
        raise Refused("这项按数据或专家评分计分，不能另定得分。有异议的，请在公示时提出。")
    if points is not None:
        check_points(points, locked.item.weight)
        if points != worked_out and not reason.strip():
            raise ValidationError({"reason": "与自评得分不同，请写明理由，学校会看到。"})
    locked.county_points, locked.county_reason = points, reason.strip() if points is not None else ""
    locked.save(update_fields=["county_points", "county_reason"])
    record(locked, "pilots.itemscore.settle", "核定得分", by=by, reason=reason.strip(), points=str(points))
    return locked


@transaction.atomic
def finish_review(assessed: AssessedCommunity, *, by: User) -> AssessedCommunity:
    """完成复核 of one community; what a school left without points has to be settled first."""
    row = _locked_community(assessed)
    if not by.has_perm("pilots.review_for_county", row):
        raise PermissionDenied
    if row.assessment.state != S.COUNTY:
        raise Refused(f"本次考核现在是“{row.assessment.get_state_display()}”，不能复核。")
    own = row.scores.filter(item__way=ItemFields.Way.SELF, self_points=None, county_points=None)
    if wanting := list(own.select_related("item", "school__school", "assessed__community")):
        raise Refused(f"{wanting[0]}等{len(wanting)}项学校没有自评，请先核定得分。")
    row.reviewed_by, row.reviewed_at = by, timezone.now()
    row.save(update_fields=["reviewed_by", "reviewed_at"])
    _follow(row, "pilots.assessedcommunity.review", "完成县级复核", by)
    return row


def own_scores(school: AssessedSchool) -> list[ItemScore]:
    """What a school answers for: its own items, and of the lead the joint part."""
    rows = school.assessed.scores.select_related("item")
    own = list(rows.filter(school=school))
    return own + list(rows.filter(school=None)) if school.is_lead else own


def _is_wanting(score: ItemScore) -> bool:
    if score.item.way == ItemFields.Way.SELF:
        return score.self_points is None
    return score.item.way == ItemFields.Way.REVIEW and not score.words


def _locked_score(score: ItemScore) -> ItemScore:
    hold_round(communities__scores=score.pk)
    rows = ItemScore.objects.select_for_update(of=("self",))
    related = ("item", "school__school", "assessed__assessment__held_by", "assessed__community__area")
    return rows.select_related(*related).get(pk=score.pk)


def _locked_school(school: AssessedSchool, by: User) -> AssessedSchool:
    hold_round(communities__schools=school.pk)
    rows = AssessedSchool.objects.select_for_update(of=("self",)).select_related("school", "assessed__assessment")
    row = rows.get(pk=school.pk)
    if not by.has_perm("pilots.hand_in_self_assessment", row):
        raise PermissionDenied
    if row.assessed.assessment.state != S.SELF:
        raise Refused(f"本次考核现在是“{row.assessed.assessment.get_state_display()}”，自评不能再改。")
    return row


def _locked_community(assessed: AssessedCommunity) -> AssessedCommunity:
    hold_round(communities=assessed.pk)
    rows = AssessedCommunity.objects.select_for_update(of=("self",))
    return rows.select_related("assessment__held_by", "community__area").get(pk=assessed.pk)


def _follow(assessed: AssessedCommunity, act: str, label: str, by: User) -> None:
    """Keep what was done, and bring what waits in step."""
    record(assessed, act, label[:40], by=by)
    renew_waits(assessed.assessment)
