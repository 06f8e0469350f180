"""Where the quotas that hold for a unit, for what stands under it and for its communities are not kept, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pilots.models import Membership, Target
from pilots.models.indicator import Force
from pilots.pace import Pace
from pilots.queries.community import communities_of
from pilots.queries.community_term import quotas_of
from pilots.queries.standing import Standing, missing, paces, standings_of
from pilots.queries.target import targets_in_force, working_period
from portal.accounts.models import Unit
from portal.accounts.queries.unit_tree import UnitTree, one_tree
from portal.measures import Subject, level_called
from portal.periods import Period

#: What has to be reached; not reaching what one strives for or is encouraged to is no shortfall.
DUE = frozenset({Force.MUST, Force.NORMAL})


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A quota and the things, by name, that do not keep it as they stand on the day asked for."""

    target: Target
    short: Mapping[str, Pace]


@dataclass(frozen=True, slots=True)
class CommunityShortfall:
    """A community's quota that is not kept, and its schools that did nothing towards it; ``leads``: the unit asked
    for leads it."""

    target: Target
    community: str
    pace: Pace
    idle: Sequence[str]
    leads: bool


def own_standings(unit: Unit, day: date) -> list[tuple[Target, Standing]]:
    """Every target that holds for the unit itself on ``day``."""
    return standings_of(unit.kind, Subject(unit.pk, unit.name), UnitTree().path(unit.pk, day), day)


@one_tree()
def shortfalls(unit: Unit, day: date) -> list[Shortfall]:
    """Quotas that the unit, or anything that lies in it, does not keep.

    Queries grow with the quotas that hold there, not with what they hold for.
    """
    found = []
    for target in targets_in_force(UnitTree().path(unit.pk, day), day):
        if target.force not in DUE or (level := level_called(target.indicator.level)) is None:
            continue
        things = level.within([unit.pk], working_period(target, day), target.among).get(unit.pk, ())
        by_pk = paces(target, [thing.pk for thing in things], day)
        short = {thing.name: by_pk[thing.pk] for thing in things if by_pk[thing.pk].falls_short}
        if short:
            found.append(Shortfall(target, short))
    return found


def community_shortfalls(school: Unit, term: Period, today: date) -> list[CommunityShortfall]:
    """Quotas that the school's communities do not keep; of one that it does not lead, where it did nothing itself."""
    found = []
    for membership in communities_of(school, min(today, term.end)):
        for target, standing in quotas_of(membership.community, term, today):
            if target.force in DUE and standing.pace.falls_short:
                found.append(_of_community(membership, target, standing, min(today, term.end)))
    return [one for one in found if one.leads or school.label in one.idle]


def _of_community(membership: Membership, target: Target, standing: Standing, day: date) -> CommunityShortfall:
    community = membership.community
    idle = missing(target, community.pk, day)
    leads = membership.role == Membership.Role.LEAD
    return CommunityShortfall(target, community.name, standing.pace, idle, leads)
