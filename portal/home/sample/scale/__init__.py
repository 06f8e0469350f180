"""The sample programme grown large, to see how the portal bears a whole province: bulk rows, all made up.

Names say that they are examples (示例). The rows are of the same make as the services' own, and nothing among them
waits for anybody but the owners of running tasks: lists and counts of what waits stay true.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portal.accounts.queries.unit import the_programme
from portal.audit.models import record
from portal.home.sample.scale.activities import add_activities
from portal.home.sample.scale.communities import add_communities
from portal.home.sample.scale.units import add_units
from portal.home.sample.scale.works import add_works

#: The same growth each time, so that measurements can be compared.
SEED = 20231127
COUNTIES, SCHOOLS, ACTIVITIES = 5, 100, 3000


@dataclass(frozen=True, slots=True)
class Size:
    """How much there shall be in all; what is there already counts."""

    counties: int
    schools: int
    activities: int


def size_at(scale: int) -> Size:
    """Five counties, a hundred schools, three thousand activities for each step: 20 is about the province."""
    return Size(COUNTIES * scale, SCHOOLS * scale, ACTIVITIES * scale)


@transaction.atomic
def grow(size: Size) -> dict[str, int]:
    """Let the programme grow to ``size``; growing to the same size again adds nothing. Says how many were added.

    Communities, profiles, pilots, tasks and outputs come with the schools and counties that are new.
    """
    dice, today = random.Random(SEED), timezone.localdate()  # noqa: S311  (example data, nothing secret)
    counties, schools = add_units(size.counties, size.schools)
    added = {"县（市、区）": len(counties), "学校": len(schools)}
    added |= add_communities(schools, dice=dice, today=today)
    added |= add_works(counties, schools, dice=dice, today=today)
    added["活动"] = add_activities(size.activities, dice=dice, today=today)
    record(the_programme(), "home.sample.grow", "扩充示例数据", by=None, added=added)
    return added
