"""Communities as what targets are set for (S2 三（三）: joint research is counted for each community)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from pilots.models import Activity, Community
from pilots.queries.community import community_kinds, members_on
from pilots.queries.community_activities import activities_of, community_sessions
from portal.measures import Level, Measure, Subject, add_level, add_measure
from portal.periods import Period, standing_day

COMMUNITY = "community"


def rows(pk: int, period: Period, **parameters: Any) -> QuerySet[Activity]:
    """The activities behind a figure."""
    found = activities_of(Community.objects.get(pk=pk), period)
    return found.filter(kind__in=parameters["kinds"]) if parameters.get("kinds") else found


def address(pk: int, period: Period, **parameters: Any) -> str:
    """The list of just these."""
    asked: list[tuple[str, str | int]] = [("period", period.key)]
    asked += [("kind", kind) for kind in parameters.get("kinds", ())]
    return f"{reverse('community-activities', args=[pk])}?{urlencode(asked)}"


def missing(pk: int, period: Period, **parameters: Any) -> list[str]:
    """Schools of today that took part in none of it."""
    took_part: set[int] = set()
    for activity in rows(pk, period, **parameters).prefetch_related("partners"):
        took_part |= {activity.unit_id, *(partner.pk for partner in activity.partners.all())}
    schools = [row.school for row in members_on().filter(community=pk).select_related("school")]
    return [school.label for school in schools if school.pk not in took_part]


def communities_within(areas: Collection[int], period: Period, among: str) -> dict[int, Sequence[Subject]]:
    """Communities that an area or a unit under it founded and that held when ``period`` ended, or hold today."""
    day = standing_day(period, timezone.localdate())
    rows = Community.objects.filter(during__contains=day).select_related("area__parent")
    if among:
        rows = rows.filter(kind__name=among)
    found: dict[int, list[Subject]] = {area: [] for area in areas}
    for one in rows:
        subject = Subject(one.pk, one.name, reverse("community", args=[one.pk]))
        above = one.area.parent
        for area in {one.area_id, one.area.parent_id, above.parent_id if above else None} & set(found):
            found[area].append(subject)  # type: ignore[index]  # None is in no set of areas
    return dict(found)


def kinds() -> Sequence[tuple[str, str]]:
    return [(kind.name, kind.name) for kind in community_kinds()]


add_measure(
    Measure(
        name="community_sessions",
        label="共同体活动场次",
        unit="次",
        count=community_sessions,
        rows=rows,
        address=address,
        of=COMMUNITY,
        missing=missing,
        meaning="共同体两所以上学校一起参加、开始日期在时段内的活动的场次之和。",
    )
)
add_level(Level(COMMUNITY, "每个共同体", COMMUNITY, communities_within, kinds))
