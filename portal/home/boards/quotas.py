"""The pace of quotas: every target that holds for a unit or lies in it, those furthest behind first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from pilots.models import Community, Indicator, Target
from pilots.pace import PaceState, plain
from pilots.queries.community import communities_of
from pilots.queries.community_term import quotas_of
from pilots.queries.standing import Overview, Standing, missing, narrowed, overviews
from pilots.queries.target import targets_in_force
from portal.accounts.models import Unit
from portal.accounts.queries.unit_tree import UnitTree, units_under
from portal.accounts.roles import UnitKind
from portal.home.boards.facts import Quota, shown
from portal.home.boards.facts import number_of as kept
from portal.home.boards.subjects import COMMUNITY, BoardSubject
from portal.periods import Period

#: So many who have done or reported nothing yet are told by name.
NAMED = 3
_BEHIND = (PaceState.LATE, PaceState.ATTENTION, PaceState.UNKNOWN, PaceState.NORMAL)


def quotas_on(subject: BoardSubject, period: Period, day: date) -> list[tuple[Indicator, Quota]]:
    """Each with its indicator, the worst first."""
    if subject.kind == COMMUNITY:
        found = list(_of_community(Community.objects.get(pk=subject.pk), period, day))
    else:
        found = [(one.target.indicator, _of_many(one, day)) for one in _overviews(subject, day) if one.standings]
        if subject.level == UnitKind.SCHOOL:
            found += _of_school(Unit.objects.get(pk=subject.pk), period, day)
    return sorted(found, key=lambda pair: (_BEHIND.index(PaceState(pair[1].state)), -pair[1].late, pair[1].label))


def _overviews(subject: BoardSubject, day: date) -> list[Overview]:
    """Targets of areas above count with what lies in the subject; those set inside it as they are."""
    above = targets_in_force(UnitTree().path(subject.pk, day), day)
    below = Target.objects.filter(
        indicator__is_active=True, during__contains=day, area__in=units_under(subject.pk, day) - {subject.pk}
    ).select_related("indicator", "area")
    return overviews([*(narrowed(target, subject.pk) for target in above), *below], day)


def _of_many(one: Overview, day: date) -> Quota:
    """Of one thing its own words; of several how many of them keep it."""
    number = len(one.standings)
    if number == 1:
        idle = missing(one.target, one.standings[0].subject.pk, day)
        return _of_one(_about(one.target, one.period.label, day=day), one.standings[0], idle)
    total = "" if one.total is None else f"，{_way(one.target)}{shown(kept(one.total))}{one.total_unit}"
    words = f"{number}个中已达标{len(one.reached)}个{total}"
    return Quota(
        **_about(one.target, one.period.label, day=day),
        state=one.state,
        words=words,
        share=len(one.reached) * 100 // number,
        things=number,
        reached=len(one.reached),
        watched=len(one.attention),
        late=len(one.late),
        missing=_cut(one.unreported if one.target.indicator.is_reported else _names(one.idle)),
    )


def _of_one(about: dict[str, Any], standing: Standing, idle: Iterable[str]) -> Quota:
    pace = standing.pace
    return Quota(
        **about,
        state=pace.state,
        words=pace.words,
        share=pace.share,
        things=1,
        reached=int(pace.is_reached),
        watched=int(pace.state == PaceState.ATTENTION),
        late=int(pace.state == PaceState.LATE),
        missing=_cut(idle) if not pace.is_reached else [],
    )


def _names(standings: Iterable[Standing]) -> list[str]:
    return [standing.subject.name for standing in standings]


def _about(target: Target, period: str, *, day: date, community: int | None = None) -> dict[str, Any]:
    """``url`` opens what the figure is made of: as it stood that day, in the area or of the one community."""
    indicator = target.indicator
    asked = {"day": day.isoformat()} | ({"community": community} if community else {"within": target.area_id})
    sentences = (indicator.definition, f"依据：{target.basis or indicator.clause}。")
    return {
        "label": indicator.name,
        "aim": f"{indicator.get_direction_display()}{plain(target.value)}{indicator.unit}",
        "force": target.get_force_display(),
        "period": period,
        "meaning": "".join(part for part in sentences if part and part != "依据：。"),
        "missing_word": indicator.silent_word,
        "at_most": indicator.direction == Indicator.Direction.AT_MOST,
        "url": f"{reverse('target', args=[target.pk])}?{urlencode(asked)}",
    }


def _of_community(community: Community, period: Period, day: date) -> Iterator[tuple[Indicator, Quota]]:
    for target, standing in quotas_of(community, period, day):
        about = _about(target, period.label, day=day, community=community.pk)
        yield target.indicator, _of_one(about, standing, missing(target, community.pk, day))


def _of_school(school: Unit, period: Period, day: date) -> Iterator[tuple[Indicator, Quota]]:
    """A school answers for the quotas of its communities, too."""
    for membership in communities_of(school, day):
        yield from _of_community(membership.community, period, day)


def _way(target: Target) -> str:
    return "" if target.indicator.adding_up == Indicator.AddingUp.SHARE_PASSING else "合计"


def _cut(names: Iterable[str]) -> list[str]:
    """The first few by name; the last line says how many there are."""
    told = list(names)
    return told if len(told) <= NAMED else [*told[:NAMED], f"等{len(told)}个"]
