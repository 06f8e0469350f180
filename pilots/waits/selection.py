"""Who has to do something about a round of selection and its candidates."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from pilots.models import Candidate, SelectionRound
from pilots.queries.awaited import awaited_candidates
from pilots.queries.selection import silent_recommenders
from pilots.states.selection import CANDIDATE_TRANSITIONS, ROUND_TRANSITIONS, CandidateState, RoundState
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import OFFICE_PLANNERS, SPEAKING_ROLES, UNIT_ROLES
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait, replace_waiting, replace_waiting_of
from portal.workflow import Workflow, register


def round_waits(round: SelectionRound) -> Iterable[Wait]:
    """Who is asked and has put nobody forward; then the office closes and publishes."""
    url = reverse("round", args=[round.pk])
    if round.state == RoundState.OPEN:
        what = "上报试点学校" if round.is_for_schools else "推荐试点县（市、区）"
        for unit in silent_recommenders(round):
            yield Wait(round.name, what, url, unit=unit, roles=UNIT_ROLES, due=round.closes_on)
        yield Wait(round.name, "到期结束推荐", url, unit=the_office(), roles=OFFICE_PLANNERS, due=round.closes_on)
    elif round.state == RoundState.CLOSED and not _undecided(round):
        yield Wait(round.name, "公布遴选结果", url, unit=the_office(), roles=OFFICE_PLANNERS)


def _undecided(round: SelectionRound) -> bool:
    return round.candidates.filter(state=CandidateState.RECOMMENDED).exists()


def candidate_waits(candidate: Candidate) -> Iterable[Wait]:
    """The unit that recommends writes and mends while the round is open; the office decides."""
    url = reverse("candidate", args=[candidate.pk])
    title = str(candidate)
    by, due = candidate.recommended_by, candidate.round.closes_on
    is_open = candidate.round.state == RoundState.OPEN
    if candidate.state == CandidateState.FILLING and is_open:
        yield Wait(title, "填写后推荐", url, unit=by, roles=UNIT_ROLES, due=due)
    elif candidate.state == CandidateState.RETURNED and is_open:
        yield Wait(title, "修改后重新推荐", url, unit=by, roles=SPEAKING_ROLES)
    elif candidate.state == CandidateState.RECOMMENDED:
        yield Wait(f"{by}：{title}", "办理推荐", url, unit=the_office(), roles=OFFICE_PLANNERS)


def follow_round(round: SelectionRound, by: User) -> None:
    """What waits for a candidate hangs on whether its round is open."""
    rows = round.candidates.select_related("unit", "recommended_by", "round")
    replace_waiting_of(Candidate, {row.pk: list(candidate_waits(row)) for row in rows})


def follow_candidate(candidate: Candidate, by: User) -> None:
    """Whoever has put somebody forward is not asked any more."""
    replace_waiting(candidate.round, round_waits(candidate.round))


register(SelectionRound, Workflow("遴选", ROUND_TRANSITIONS, round_waits, follow_round))
register(Candidate, Workflow("推荐", CANDIDATE_TRANSITIONS, candidate_waits, follow_candidate))
add_awaited(Candidate, awaited_candidates)
