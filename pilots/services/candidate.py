"""Putting a county or school forward, and what the office and the universities say to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import Candidate, Opinion, RoundCriterion, Score, SelectionRound
from pilots.notices.selection import tell_decided
from pilots.queries.pilot import is_pilot
from pilots.queries.school_profile import profile_of, this_school_year
from pilots.queries.selection import candidates_for, recommender_of
from pilots.services.pilot import register_chosen, unregister
from pilots.states.selection import UNDECIDED_ROUNDS, WITH_RECOMMENDER, CandidateState, RoundState
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES, UnitKind
from portal.audit.models import record
from portal.refusals import Refused
from portal.text.official import official_date
from portal.workflow import moving, renew_waits, started

#: Reasons are a page at most.
LONGEST_REASONS = 3_000
#: What counts against the places of a recommending unit.
_TAKES_A_PLACE = (CandidateState.RECOMMENDED, CandidateState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class TypedScore:
    """What was typed for one criterion; ``points`` is None where nothing was."""

    criterion: int
    points: int | None = None
    is_met: bool = False
    grounds: str = ""


@transaction.atomic
def put_forward(round: SelectionRound, unit: Unit, *, by: User) -> Candidate:
    """Begin a recommendation in the name of the unit above ``unit``.

    Raises PermissionDenied for who does not work there, Refused where the round takes none, and ValidationError
    where the unit is already a candidate.
    """
    above = recommender_of(unit)
    if above is None or not by.has_perm("pilots.put_forward", above):
        raise PermissionDenied
    locked = SelectionRound.objects.select_for_update().get(pk=round.pk)
    _refuse_outside(locked)
    _check_unit(locked, unit, above)
    candidate = Candidate(round=locked, unit=unit, recommended_by=above, created_by=by)
    candidate.full_clean()
    candidate.save()
    started(candidate, "开始填报", by=by)
    renew_waits(locked)
    return candidate


@transaction.atomic
def save_candidate(candidate: Candidate, *, by: User, reasons: str, scores: Iterable[TypedScore]) -> Candidate:
    """Keep reasons and points, unfinished or not. Raises Refused once it has been sent up."""
    if not by.has_perm("pilots.fill_candidate", candidate):
        raise PermissionDenied
    locked = Candidate.objects.select_for_update(of=("self",)).select_related("round").get(pk=candidate.pk)
    if locked.state not in WITH_RECOMMENDER:
        raise Refused(f"这一推荐现在是“{locked.get_state_display()}”，不能再改。如需修改，请先撤回。")
    if locked.round.state != RoundState.OPEN:
        _refuse_outside(locked.round)
    if len(reasons) > LONGEST_REASONS:
        raise ValidationError({"reasons": f"推荐理由超过{LONGEST_REASONS}字，请缩短。"})
    locked.reasons = reasons.strip()
    locked.save(update_fields=["reasons"])
    _keep_scores(locked, scores)
    record(locked, "pilots.candidate.update", "修改推荐", by=by)
    candidate.refresh_from_db()
    return candidate


@transaction.atomic
def recommend(candidate: Candidate, *, by: User) -> Candidate:
    """推荐（上报）: what is wanting is named; the places of the unit are counted with the round locked."""
    with moving(candidate, "recommend", by=by) as locked:
        round = SelectionRound.objects.select_for_update().get(pk=locked.round_id)
        if locked.state != CandidateState.RETURNED or round.state != RoundState.OPEN:
            _refuse_outside(round)
        _check_unit(round, locked.unit, locked.recommended_by)
        _check_complete(locked)
        _check_places(round, locked)
        locked.decision, locked.recommended_at = "", timezone.now()
    return candidate


@transaction.atomic
def withdraw(candidate: Candidate, *, by: User) -> Candidate:
    """撤回, as long as the round takes recommendations or the office has not decided."""
    with moving(candidate, "withdraw", by=by) as locked:
        if locked.round.state == RoundState.PUBLISHED:
            raise Refused("本次遴选已经公布结果，推荐不能再撤回。")
    return candidate


@transaction.atomic
def resume(candidate: Candidate, *, by: User) -> Candidate:
    """恢复填报 of what was withdrawn; a unit is a candidate once a round, so it is the same one."""
    with moving(candidate, "resume", by=by) as locked:
        _refuse_outside(locked.round)
    return candidate


@transaction.atomic
def confirm(candidate: Candidate, *, by: User) -> Candidate:
    """确认入选: the unit becomes a pilot. Raises ValidationError where it is one already at that time."""
    with moving(candidate, "confirm", by=by) as locked:
        _refuse_decided(locked)
        locked.decision, locked.decided_at = "", timezone.now()
        register_chosen(locked, by=by)
    tell_decided(candidate, "candidate_confirmed")
    return candidate


@transaction.atomic
def send_back(candidate: Candidate, *, by: User, reason: str) -> Candidate:
    """退回修改: only while the round is open, else it could not come again."""
    with moving(candidate, "return", by=by, reason=reason) as locked:
        if locked.round.state != RoundState.OPEN:
            raise Refused("本次遴选已结束推荐，退回后不能重新推荐。请确认或不予通过，或先“继续接受推荐”。")
        locked.decision, locked.decided_at = reason.strip(), timezone.now()
    tell_decided(candidate, "candidate_returned")
    return candidate


@transaction.atomic
def decline(candidate: Candidate, *, by: User, reason: str) -> Candidate:
    """不予通过, with the reason."""
    with moving(candidate, "decline", by=by, reason=reason) as locked:
        _refuse_decided(locked)
        locked.decision, locked.decided_at = reason.strip(), timezone.now()
    tell_decided(candidate, "candidate_declined")
    return candidate


@transaction.atomic
def undo_decision(candidate: Candidate, *, by: User) -> Candidate:
    """撤销决定 until the result is published; what was registered by it is taken off the register."""
    with moving(candidate, "undo", by=by) as locked:
        _refuse_decided(locked)
        unregister(locked, by=by)
        locked.decision, locked.decided_at = "", None
    return candidate


@transaction.atomic
def give_opinion(candidate: Candidate, *, university: Unit, by: User, leaning: str, text: str) -> Opinion:
    """A university's opinion, given again as often as it likes until the result is published."""
    if university not in opinion_givers(candidate, by):
        raise PermissionDenied
    if candidate.round.state not in UNDECIDED_ROUNDS:
        raise Refused("本次遴选已经公布结果，不再收集意见。")
    if leaning == Opinion.Leaning.DOUBTFUL and not text.strip():
        raise ValidationError({"text": "有保留意见的，请说明理由。"})
    opinion, _ = Opinion.objects.update_or_create(
        candidate=candidate, university=university, defaults={"leaning": leaning, "text": text.strip(), "by": by}
    )
    record(candidate, "pilots.candidate.opinion", "高校发表意见", by=by, university=university.pk, leaning=leaning)
    return opinion


def opinion_givers(candidate: Candidate, user: User) -> list[Unit]:
    """The universities in whose name ``user`` may speak of a candidate that he sees."""
    if not user.has_perm("pilots.give_opinion") or not candidates_for(user).filter(pk=candidate.pk).exists():
        return []
    return [unit for unit in user.units_as(*UNIT_ROLES) if unit.kind == UnitKind.UNIVERSITY]


#: The acts of the transition table, by name; those with a reason take one.
ACTS: Mapping[str, Any] = {
    "recommend": recommend,
    "withdraw": withdraw,
    "resume": resume,
    "confirm": confirm,
    "return": send_back,
    "decline": decline,
    "undo": undo_decision,
}


def _refuse_outside(round: SelectionRound) -> None:
    """Raise Refused with why the round takes no recommendation today."""
    today = timezone.localdate()
    if round.state == RoundState.PREPARING:
        raise Refused("本次遴选还没有开始，请等待通知。")
    if round.state != RoundState.OPEN:
        raise Refused(f"“{round}”已结束推荐，不再接受新的推荐。如有特殊情况，请与省协同提质办联系。")
    if today < round.opens_on:
        raise Refused(f"“{round}”从{official_date(round.opens_on)}开始推荐，请到时再填报。")
    if today > round.closes_on:
        raise Refused(f"“{round}”的推荐已于{official_date(round.closes_on)}截止，请与省协同提质办联系。")


def _refuse_decided(candidate: Candidate) -> None:
    if candidate.round.state not in UNDECIDED_ROUNDS:
        raise Refused("本次遴选已经公布结果，不能再改。试点要退出的，请在试点名单中办理。")


def _check_unit(round: SelectionRound, unit: Unit, above: Unit) -> None:
    wanted = UnitKind.SCHOOL if round.is_for_schools else UnitKind.COUNTY
    if unit.kind != wanted:
        raise Refused(f"本次遴选的对象是{round.get_level_display()}，“{unit}”不在范围内。")
    if not unit.is_active:
        raise Refused(f"“{unit}”已停用，不能推荐。")
    if round.is_for_schools and above.kind == UnitKind.COUNTY and not is_pilot(above):
        raise Refused(f"{above}现在不是试点县（市、区），不能上报试点学校。")


def _keep_scores(candidate: Candidate, scores: Iterable[TypedScore]) -> None:
    criteria = {row.pk: row for row in RoundCriterion.objects.filter(round=candidate.round_id)}
    rows = []
    for typed in scores:
        criterion = criteria[typed.criterion]
        if typed.points is not None and typed.points > criterion.most_points:
            raise ValidationError({f"points_{criterion.pk}": f"“{criterion}”最高{criterion.most_points}分，请核对。"})
        rows.append(
            Score(
                candidate=candidate,
                criterion=criterion,
                points=typed.points,
                is_met=typed.is_met,
                grounds=typed.grounds.strip(),
            )
        )
    candidate.scores.all().delete()
    Score.objects.bulk_create(rows)


def _check_complete(candidate: Candidate) -> None:
    """Reasons, points for every criterion, what must be met is met, and a school's profile of this school year."""
    if not candidate.reasons:
        raise Refused("请填写推荐理由，再推荐。")
    scores = {score.criterion_id: score for score in candidate.scores.all()}
    for criterion in candidate.round.criteria.all():
        score = scores.get(criterion.pk)
        if criterion.most_points and (score is None or score.points is None):
            raise Refused(f"标准“{criterion}”还没有打分，请补上再推荐。")
        if criterion.must_pass and (score is None or not score.is_met):
            raise Refused(f"标准“{criterion}”必须达到。{candidate.unit}还没有达到，不能推荐。")
    if candidate.round.is_for_schools:
        year = this_school_year()
        candidate.profile = profile_of(candidate.unit, year.key)
        if candidate.profile is None:
            raise Refused(f"{candidate.unit}还没有填写{year.label}的学校基本情况，请填写后再上报。")


def _check_places(round: SelectionRound, candidate: Candidate) -> None:
    if round.places is None:
        return
    others = Candidate.objects.filter(round=round, recommended_by=candidate.recommended_by, state__in=_TAKES_A_PLACE)
    if others.exclude(pk=candidate.pk).count() >= round.places:
        raise Refused(f"{candidate.recommended_by}在本次遴选中最多推荐{round.places}个，名额已满。")
