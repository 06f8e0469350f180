"""A profile for each new school, pilots among them, and communities 1+4 of the schools of a county."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle, groupby
from random import Random

from pilots.models import Community, CommunityKind, Membership, PilotSchool, SchoolProfile, SchoolStage
from portal.accounts.models import Unit
from portal.home.sample.play import BEGAN
from portal.periods import school_year_of

#: A lead and four members.
TOGETHER = 5
#: How many of a hundred schools are pilots; how many communities are left out, so that coverage is not whole.
PILOTS, LEFT_OUT = 30, 10
_PUPILS = (240, 1800)
_A_CLASS, _A_TEACHER = 40, 15


def add_communities(schools: Sequence[Unit], *, dice: Random, today: date) -> dict[str, int]:
    """What a school has from the first day on; returns how many of each were added."""
    _add_profiles(schools, dice, school_year_of(today).key)
    pilots = [school for school in schools if dice.randrange(100) < PILOTS]
    PilotSchool.objects.bulk_create(PilotSchool(unit=school, during=(BEGAN, None), basis="示例") for school in pilots)
    kind = CommunityKind.objects.filter(is_active=True, covers_rural=True).first()
    groups = [group for group in _groups(schools) if dice.randrange(100) >= LEFT_OUT] if kind else []
    communities = Community.objects.bulk_create(
        Community(kind=kind, area=group[0].parent, name=f"{group[0].name}发展共同体", during=(BEGAN, None))
        for group in groups
    )
    Membership.objects.bulk_create(
        Membership(
            community=community,
            kind=kind,
            school=school,
            role=Membership.Role.MEMBER if place else Membership.Role.LEAD,
            during=(BEGAN, None),
        )
        for community, group in zip(communities, groups, strict=True)
        for place, school in enumerate(group)
    )
    return {"试点学校": len(pilots), "共同体": len(communities)}


def _groups(schools: Sequence[Unit]) -> Iterator[list[Unit]]:
    """The schools of each county in fives; a rest of one stays alone."""
    for _, some in groupby(
        sorted(schools, key=lambda school: (school.parent_id, school.pk)), lambda one: one.parent_id
    ):
        within = list(some)
        for start in range(0, len(within), TOGETHER):
            if len(group := within[start : start + TOGETHER]) > 1:
                yield group


def _add_profiles(schools: Sequence[Unit], dice: Random, school_year: str) -> None:
    """Stage, place and size of each school; every third is a rural central school."""
    stages, areas = list(SchoolStage.objects.filter(is_active=True)), cycle(SchoolProfile.Area.values)
    profiles = []
    for school, area in zip(schools, areas, strict=False):
        pupils = dice.randrange(*_PUPILS)
        profiles.append(
            SchoolProfile(
                school=school,
                school_year=school_year,
                stage=dice.choice(stages),
                area=area,
                is_rural_central=area == SchoolProfile.Area.RURAL,
                pupils=pupils,
                classes=-(-pupils // _A_CLASS),
                teachers=-(-pupils // _A_TEACHER),
            )
        )
    SchoolProfile.objects.bulk_create(profiles)
