"""Which of the things that a target holds for a person sees one by one; the sum of all he sees in any case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from alliances.rules.posts import reads_all
from pilots.queries.community import communities_for
from pilots.queries.reach import sharing_units
from pilots.queries.standing import Overview, Standing
from pilots.queries.target import units_above_and_below
from portal.accounts.models import User
from portal.measures import UNIT, level_called


def standings_for(user: User, shown: Iterable[Overview]) -> dict[int, Sequence[Standing]]:
    """By id of the target those of its things that ``user`` sees; a constant number of queries.

    The office sees all; others their own units, what stands above and under those, and the communities that are
    theirs to open: how another county or school does is not theirs to read.
    """
    shown = list(shown)
    if reads_all(user):
        return {one.target.pk: one.standings for one in shown}
    units = units_above_and_below({unit.pk for unit in sharing_units(user)})
    communities = set(communities_for(user).values_list("pk", flat=True))
    return {one.target.pk: _among(one, units, communities) for one in shown}


def _among(one: Overview, units: Collection[int], communities: Collection[int]) -> Sequence[Standing]:
    level = level_called(one.target.indicator.level)
    seen = units if level is not None and level.of == UNIT else communities
    return [standing for standing in one.standings if standing.subject.pk in seen]
