"""A round of 捆绑式考核 from its preparation to the published result (S2 三（六）)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import AssessedCommunity, Assessment, Community, ItemScore
from pilots.notices.assessment import tell_assessed, tell_counties, tell_reviewers
from pilots.queries.assessment import possible_communities
from pilots.queries.tally import tallies
from pilots.services.assessment_figures import take_figures
from pilots.services.assessment_result import freeze
from pilots.services.assessment_sheet import lay_out
from pilots.services.scheme import problems_of
from pilots.states.assessment import SCORING, AssessmentState, ObjectionState
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.periods import parse_period
from portal.refusals import Refused
from portal.text.named import named
from portal.workflow import moving, started

#: So many scores without points are named in a refusal; the page shows them all.
MOST_NAMED = 5


@transaction.atomic
def plan_assessment(
    assessment: Assessment | None, *, by: User, held_by: Unit, communities: Iterable[Community], **fields: Any
) -> Assessment:
    """Prepare a round or change one in preparation. ``fields``: name, scheme, period, base_period, the four days, note.

    Raises PermissionDenied for who does not work for ``held_by``, ValidationError by field, and Refused once the round
    has opened.
    """
    row = _locked(assessment, by) if assessment else Assessment(held_by=held_by, created_by=by)
    if not by.has_perm("pilots.manage_assessment", row):
        raise PermissionDenied
    if row.state != AssessmentState.PREPARING:
        raise Refused(f"本次考核现在是“{row.get_state_display()}”，安排不能再改。")
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    _check_periods(row)
    row.save()
    _set_communities(row, communities)
    if assessment is None:
        started(row, "准备考核", by=by)
    else:
        record(row, "pilots.assessment.update", "修改考核安排", by=by)
    return row


@transaction.atomic
def delete_assessment(assessment: Assessment, *, by: User) -> None:
    """Throw away a round that nobody was told of."""
    row = _locked(assessment, by)
    if row.state != AssessmentState.PREPARING:
        raise Refused("本次考核已经开始，不能删除。不再进行的，请“取消考核”。")
    record(row, "pilots.assessment.delete", "删除考核", by=by, name=row.name)
    row.delete()


@transaction.atomic
def open_assessment(assessment: Assessment, *, by: User) -> Assessment:
    """开始自评: the scheme is copied, the schools are as they are today, every score has its row.

    Raises Refused where the scheme cannot be used, a community has no lead, or a base period is wanting.
    """
    with moving(assessment, "open", by=by) as locked:
        if told := problems_of(locked.scheme):
            raise Refused(f"考核方案“{locked.scheme}”还不能使用：{''.join(told)}")
        if locked.self_until < timezone.localdate():
            raise Refused("自评截止日期已经过去，请先改好日期再开始。")
        if locked.scheme.items.filter(is_value_added=True).exists() and not locked.base_period:
            raise Refused("方案中有看增长的内容，请先填写对比时段。")
        lay_out(locked, by=by)
        take_figures(locked)
    tell_assessed(assessment, "assessment_opened")
    return assessment


@transaction.atomic
def to_county(assessment: Assessment, *, by: User) -> Assessment:
    """转入县级复核. A school that has not handed in is left to its county, which sees what is wanting."""
    with moving(assessment, "to_county", by=by) as locked:
        take_figures(locked)
    tell_counties(assessment)
    return assessment


@transaction.atomic
def to_reviewers(assessment: Assessment, *, by: User) -> Assessment:
    """转入专家评审: every community with something to review has its reviewers."""
    with moving(assessment, "to_reviewers", by=by) as locked:
        if not locked.items.filter(way="review").exists():
            raise Refused("方案中没有专家评审的内容，可以直接公示结果。")
        if without := locked.communities.filter(reviewers=None).select_related("community"):
            raise Refused(f"{named((one.community for one in without), MOST_NAMED)}还没有指定评审专家，请先指定。")
        take_figures(locked)
    tell_reviewers(assessment)
    return assessment


@transaction.atomic
def show(assessment: Assessment, *, by: User) -> Assessment:
    """公示结果: figures are taken for the last time, points become final. Refused while any score has none."""
    with moving(assessment, "show", by=by) as locked:
        take_figures(locked)
        lines = [line for one in tallies(locked) for line in one.lines]
        if wanting := [f"{line.score.who}{line.item.code}（{line.gap}）" for line in lines if line.points is None]:
            told = named(wanting, MOST_NAMED, word="项")
            raise Refused(f"还有{len(wanting)}项没有得分：{told}。请补齐，或由县级、组织单位核定后再公示。")
        for line in lines:
            line.score.points = line.points
        ItemScore.objects.bulk_update([line.score for line in lines], ["points"])
    tell_assessed(assessment, "assessment_shown")
    return assessment


@transaction.atomic
def publish(assessment: Assessment, *, by: User) -> Assessment:
    """公布结果: every objection is answered and its time is over; the result is frozen with its digest."""
    with moving(assessment, "publish", by=by) as locked:
        pending = ItemScore.objects.filter(assessed__assessment=locked, objections__state=ObjectionState.OPEN).count()
        if pending:
            raise Refused(f"还有{pending}项异议没有答复，答复后才能公布。")
        if timezone.localdate() <= locked.objections_until:
            raise Refused("异议期还没有结束，请在异议截止日期之后公布。")
        locked.published_at = timezone.now()
        locked.result, locked.sha256 = freeze(locked)
    tell_assessed(assessment, "assessment_published")
    return assessment


@transaction.atomic
def cancel(assessment: Assessment, *, by: User, reason: str) -> Assessment:
    """取消考核; who had been told is told why."""
    known = assessment.state != AssessmentState.PREPARING
    with moving(assessment, "cancel", by=by, reason=reason):
        pass
    if known:
        tell_assessed(assessment, "assessment_cancelled", reason=reason.strip())
    return assessment


@transaction.atomic
def take_figures_again(assessment: Assessment, *, by: User) -> Assessment:
    """重新取数 while scores are still made."""
    locked = _locked(assessment, by)
    if locked.state not in SCORING:
        raise Refused(f"本次考核现在是“{locked.get_state_display()}”，不能再取数。")
    take_figures(locked)
    locked.save(update_fields=["figures_at"])
    record(locked, "pilots.assessment.figures", "重新取数", by=by)
    return locked


#: The acts of the transition table, by name; those with a reason take one.
ACTS: Mapping[str, Any] = {
    "open": open_assessment,
    "to_county": to_county,
    "to_reviewers": to_reviewers,
    "show": show,
    "publish": publish,
    "cancel": cancel,
}


def _locked(assessment: Assessment, by: User) -> Assessment:
    """The row, locked, for who holds it. Raises PermissionDenied."""
    if not by.has_perm("pilots.manage_assessment", assessment):
        raise PermissionDenied
    return Assessment.objects.select_for_update(of=("self",)).select_related("held_by").get(pk=assessment.pk)


def _check_periods(row: Assessment) -> None:
    period = parse_period(row.period)
    if period is None:
        raise ValidationError({"period": "没有这个时段，请重新选择。"})
    if not row.base_period:
        return
    base = parse_period(row.base_period)
    if base is None:
        raise ValidationError({"base_period": "没有这个时段，请重新选择。"})
    if base.end >= period.start:
        raise ValidationError({"base_period": "对比时段要在考核时段之前，两者不能重叠。"})
    if abs((base.end - base.start) - (period.end - period.start)).days > _MUCH_LONGER:
        raise ValidationError({"base_period": "对比时段与考核时段长短不同，不能比较，请选同样的学期或学年。"})


#: Terms differ by a month (September to January, February to August); more is another kind of period.
_MUCH_LONGER = 62


def _set_communities(row: Assessment, communities: Iterable[Community]) -> None:
    chosen = {one.pk: one for one in communities}
    if not chosen:
        raise ValidationError({"communities": "请至少选择一个参评共同体。"})
    allowed = set(possible_communities(row.held_by).filter(pk__in=chosen).values_list("pk", flat=True))
    if outside := [str(one) for pk, one in chosen.items() if pk not in allowed]:
        raise ValidationError({"communities": f"“{outside[0]}”不在{row.held_by}的考核范围内，或已结束。"})
    row.communities.exclude(community__in=chosen).delete()
    present = set(row.communities.values_list("community", flat=True))
    AssessedCommunity.objects.bulk_create(
        AssessedCommunity(assessment=row, community_id=pk) for pk in chosen if pk not in present
    )
