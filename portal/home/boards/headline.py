"""The big figures of a board; and how any measure becomes a figure with its address and definition."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from pilots.queries.community import members_on
from portal.accounts.roles import UnitKind
from portal.home.boards.facts import Figure, number_of
from portal.home.boards.subjects import COMMUNITY, BoardSubject
from portal.measures import Measure, measure_called
from portal.periods import Period, standing_day

#: What stands on top, by level; a school has no pairs and no pilots of its own.
_BUSY = ("activities", "activity_sessions", "activity_attendance", "outputs")
_AREA = ("activities", "activity_attendance", "outputs")
_BY_LEVEL = {
    UnitKind.PROVINCE_OFFICE.value: (*_AREA, "alliances.pairs", "pilot_schools"),
    UnitKind.PREFECTURE.value: (*_AREA, "pilot_counties", "pilot_schools"),
    UnitKind.COUNTY.value: (*_AREA, "alliances.pairs", "pilot_schools"),
    UnitKind.UNIVERSITY.value: (*_BUSY, "alliances.pairs"),
    COMMUNITY: ("community_sessions",),
}


def headline_of(subject: BoardSubject, period: Period) -> list[Figure]:
    """The figures on top."""
    names = _BY_LEVEL.get(subject.level, _BUSY)
    figures = [figure_of(measure, subject.pk, period) for name in names if (measure := measure_called(name))]
    return [*figures, _schools(subject, period)] if subject.kind == COMMUNITY else figures


def figure_of(measure: Measure, pk: int, period: Period, label: str = "", **parameters: Any) -> Figure:
    """One measure's figure of one thing."""
    number = measure.count([pk], period, **parameters).get(pk, 0)
    url = measure.address(pk, period, **parameters)
    return Figure(label or measure.label, number_of(number), measure.unit, url, meaning_of(measure))


def meaning_of(measure: Measure) -> str:
    return measure.meaning or f"{measure.label}，按{measure.unit}计。"


def _schools(subject: BoardSubject, period: Period) -> Figure:
    day = standing_day(period, timezone.localdate())
    number = members_on(day).filter(community=subject.pk).count()
    meaning = "时段结束时（未结束的到今天）在共同体中的学校，含牵头校。"
    url = f"{reverse('community-members', args=[subject.pk])}?period={period.key}"
    return Figure("成员学校", number, "所", url, meaning)
