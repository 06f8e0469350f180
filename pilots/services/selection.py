"""The office's writes to a round of selection: preparing it, opening, closing and publishing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import Candidate, RoundCriterion, SelectionRound
from pilots.notices.selection import tell_closed, tell_opened, tell_published
from pilots.states.selection import CandidateState, RoundState
from portal.accounts.models import User
from portal.accounts.queries.unit import the_programme
from portal.audit.models import record
from portal.files.services import forget_owner
from portal.refusals import Refused
from portal.text.official import official_date
from portal.workflow import moving, started

#: Nobody weighs a unit by more than this, and no page shows more.
MOST_CRITERIA = 30


@dataclass(frozen=True, slots=True)
class TypedCriterion:
    """One line of the checklist as the office typed it."""

    name: str
    how: str = ""
    most_points: int = 0
    must_pass: bool = False


@transaction.atomic
def save_round(
    round: SelectionRound | None, *, by: User, criteria: Sequence[TypedCriterion], **fields: Any
) -> SelectionRound:
    """A round in preparation, new or changed, with its whole checklist.

    ``fields`` are name, level, note, opens_on, closes_on, places, term_since, term_until. Raises PermissionDenied,
    ValidationError by field, Refused once it has begun.
    """
    locked = _locked_preparing(round, by) if round else SelectionRound(programme=the_programme(), created_by=by)
    for name, value in fields.items():
        setattr(locked, name, value)
    if not by.has_perm("pilots.manage_rounds"):
        raise PermissionDenied
    locked.full_clean()
    _check_criteria(criteria)
    locked.save()
    locked.criteria.all().delete()
    RoundCriterion.objects.bulk_create(
        RoundCriterion(
            round=locked,
            name=row.name,
            how=row.how,
            most_points=row.most_points,
            must_pass=row.must_pass,
            order=order,
        )
        for order, row in enumerate(criteria, 1)
    )
    if round is None:
        started(locked, "准备遴选", by=by)
    else:
        record(locked, "pilots.selectionround.update", "修改遴选", by=by)
    return locked


@transaction.atomic
def delete_round(round: SelectionRound, *, by: User) -> None:
    """Throw away a round that nobody was told of."""
    locked = _locked_preparing(round, by)
    record(locked, "pilots.selectionround.delete", "删除遴选", by=by)
    forget_owner(locked)
    locked.delete()


@transaction.atomic
def open_round(round: SelectionRound, *, by: User) -> SelectionRound:
    """Ask the prefectures (or the pilot counties) to recommend. Raises Refused where criteria or days are wanting."""
    with moving(round, "open", by=by) as locked:
        if not locked.criteria.exists():
            raise Refused("还没有遴选标准，请先填写标准再开始。")
        _check_not_over(locked.closes_on)
    tell_opened(round)
    return round


@transaction.atomic
def extend_round(round: SelectionRound, *, by: User, closes_on: date) -> SelectionRound:
    """Another last day. Raises ValidationError where it has passed or lies before the first."""
    with moving(round, "extend", by=by, before=round.closes_on.isoformat(), closes_on=closes_on.isoformat()) as locked:
        _check_not_over(closes_on)
        if closes_on < locked.opens_on:
            raise ValidationError({"closes_on": "截止日期早于开始日期，请核对。"})
        locked.closes_on = closes_on
    return round


@transaction.atomic
def close_round(round: SelectionRound, *, by: User) -> SelectionRound:
    """No more recommendations; the universities are shown what there is."""
    with moving(round, "close", by=by):
        pass
    tell_closed(round)
    return round


@transaction.atomic
def reopen_round(round: SelectionRound, *, by: User) -> SelectionRound:
    """Take recommendations again; where the last day has passed, the office sets another."""
    with moving(round, "reopen", by=by):
        pass
    return round


@transaction.atomic
def publish_round(round: SelectionRound, *, by: User) -> SelectionRound:
    """The result stands. Raises Refused while a recommendation is undecided."""
    with moving(round, "publish", by=by) as locked:
        waiting = Candidate.objects.filter(round=locked, state=CandidateState.RECOMMENDED).count()
        if waiting:
            raise Refused(f"还有{waiting}个候选单位没有办理，请先确认、退回或不予通过，再公布结果。")
        locked.published_at = timezone.now()
    tell_published(round)
    return round


#: The acts of the transition table that are buttons, by name.
ACTS: Mapping[str, Any] = {
    "open": open_round,
    "close": close_round,
    "reopen": reopen_round,
    "publish": publish_round,
}


def _locked_preparing(round: SelectionRound, by: User) -> SelectionRound:
    if not by.has_perm("pilots.manage_rounds"):
        raise PermissionDenied
    locked = SelectionRound.objects.select_for_update().get(pk=round.pk)
    if locked.state != RoundState.PREPARING:
        raise Refused(f"这次遴选{locked.get_state_display()}，内容不能再改。")
    return locked


def _check_criteria(criteria: Sequence[TypedCriterion]) -> None:
    names = [row.name for row in criteria]
    if len(names) > MOST_CRITERIA:
        raise ValidationError({"criteria": f"标准最多{MOST_CRITERIA}条，请合并后再保存。"})
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValidationError({"criteria": f"标准“{twice[0]}”写了两次，请删去一条。"})
    for row in criteria:
        if not row.most_points and not row.must_pass:
            raise ValidationError({"criteria": f"标准“{row.name}”没有分值，也不是必须达到，请填写其中一项。"})


def _check_not_over(closes_on: date) -> None:
    if closes_on < timezone.localdate():
        raise ValidationError({"closes_on": f"截止日期{official_date(closes_on)}已经过去，请改为今天或以后。"})
