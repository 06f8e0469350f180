"""Where every list and look-up of rounds and candidates starts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from alliances.models import Partnership
from alliances.rules.posts import reads_all
from pilots.models import Candidate, Score, SelectionRound
from pilots.queries.pilot import pilot_units
from pilots.states.selection import KNOWN_ROUNDS, SENT_UP, CandidateState, RoundState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import official_order, units
from portal.accounts.roles import UNIT_ROLES, UnitKind

#: Units above a school that may put it forward: its county; its prefecture (S2) or university (S1).
_ABOVE_SCHOOLS = (UnitKind.COUNTY, UnitKind.PREFECTURE, UnitKind.UNIVERSITY)


def rounds_for(user: User) -> QuerySet[SelectionRound]:
    """The office sees all rounds, those who take part the ones that have begun."""
    if reads_all(user):
        return SelectionRound.objects.all()
    if user.has_perm("pilots.view_rounds"):
        return SelectionRound.objects.filter(state__in=KNOWN_ROUNDS)
    return SelectionRound.objects.none()


def listed_rounds(user: User) -> QuerySet[SelectionRound]:
    """The list with counts over what ``user`` may see: ``asked`` sent up and not taken back, ``chosen`` confirmed."""
    seen = Q(candidates__in=candidates_for(user))
    rows = rounds_for(user).annotate(
        asked=Count("candidates", filter=seen & Q(candidates__state__in=SENT_UP), distinct=True),
        chosen=Count("candidates", filter=seen & Q(candidates__state=CandidateState.CONFIRMED), distinct=True),
    )
    return rows.order_by("-opens_on", "-pk")


def candidates_for(user: User) -> QuerySet[Candidate]:
    """Whose business a candidate is: those who recommend it, those above and the unit itself once it is sent up,

    the office, and the universities (of schools those paired with their county).
    """
    rows = Candidate.objects.all()
    if reads_all(user):
        return rows.exclude(state=CandidateState.FILLING)
    own = user.units_as(*UNIT_ROLES)
    universities = [unit.pk for unit in own if unit.kind == UnitKind.UNIVERSITY]
    paired = Partnership.objects.filter(university__in=universities, during__contains=timezone.localdate())
    consulted = Q(round__level=SelectionRound.Level.COUNTY) | Q(recommended_by__in=paired.values("county"))
    sent_up = Q(recommended_by__parent__in=own) | Q(unit__in=own)
    if universities:
        sent_up |= consulted
    return rows.filter(Q(recommended_by__in=own) | (sent_up & Q(state__in=SENT_UP)))


def side_by_side(user: User, round: SelectionRound) -> QuerySet[Candidate]:
    """The candidates of a round in official order, each with its scores, its ``total`` and how many opinions."""
    rows = candidates_for(user).filter(round=round).select_related("unit", "recommended_by", "round", "profile__stage")
    scores = Prefetch("scores", queryset=Score.objects.select_related("criterion"))
    return (
        rows.annotate(total=Sum("scores__points"))
        .prefetch_related(scores, "opinions")
        .order_by(*official_order("recommended_by__"), "unit__official_order")
    )


def recommender_of(unit: Unit) -> Unit | None:
    """The unit that puts ``unit`` forward: the prefecture of a county, what stands above a school."""
    above = unit.parent
    if above is None:
        return None
    kinds = _ABOVE_SCHOOLS if unit.kind == UnitKind.SCHOOL else (UnitKind.PREFECTURE,)
    return above if above.kind in kinds else None


def recommenders(round: SelectionRound) -> QuerySet[Unit]:
    """Those who are asked to recommend: every prefecture, or every pilot county (S0)."""
    if round.is_for_schools:
        return pilot_units(SelectionRound.Level.COUNTY).filter(is_active=True)
    return units().filter(kind=UnitKind.PREFECTURE)


def own_recommenders(round: SelectionRound, user: User) -> list[Unit]:
    """The units for which ``user`` may put somebody forward in ``round``."""
    kinds = _ABOVE_SCHOOLS if round.is_for_schools else (UnitKind.PREFECTURE,)
    return [unit for unit in user.units_as(*UNIT_ROLES) if unit.kind in kinds]


def possible_candidates(round: SelectionRound, above: Iterable[Unit]) -> QuerySet[Unit]:
    """What stands under ``above`` today and is no candidate of the round yet."""
    kind = UnitKind.SCHOOL if round.is_for_schools else UnitKind.COUNTY
    rows = units().filter(kind=kind, parent__in=list(above))
    return rows.exclude(candidacies__round=round).select_related("parent").order_by(*official_order())


def silent_recommenders(round: SelectionRound) -> list[Unit]:
    """Those asked who have put nobody forward; a withdrawn candidate does not count."""
    live = Candidate.objects.filter(round=round).exclude(state=CandidateState.WITHDRAWN)
    return list(recommenders(round).exclude(pk__in=live.values("recommended_by")))


def is_taking(round: SelectionRound) -> bool:
    """Whether new recommendations are taken today."""
    return round.state == RoundState.OPEN and round.opens_on <= timezone.localdate() <= round.closes_on
