"""How a unit stands against the quotas that hold for it, and who does not keep them: itself, or by name who lies in
it (S2 三（三）: 不少于8次 a term for each community)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from pilots.pace import Pace, plain
from pilots.prefill import Line, Section, register
from pilots.queries.shortfall import (
    CommunityShortfall,
    Shortfall,
    community_shortfalls,
    own_standings,
    shortfalls,
)
from portal.accounts.models import Unit
from portal.periods import Period
from portal.text.named import named

#: Names in one sentence; the target's page has them all.
NAMED = 10


def rows(unit: Unit, period: Period) -> list[Line]:
    return [
        Line(f"target:{target.pk}", f"{target.indicator}：{standing.pace.figure_words}", url=standing.rows_url)
        for target, standing in own_standings(unit, _day(period))
    ]


def missing(unit: Unit, period: Period) -> list[str]:
    day = _day(period)
    of_units = [_sentence(one, unit) for one in shortfalls(unit, day)]
    return of_units + [_of_community(one) for one in community_shortfalls(unit, period, day)]


def _day(period: Period) -> date:
    """How things stood when the period ended, how they stand today while it runs."""
    return min(period.end, timezone.localdate())


def _sentence(shortfall: Shortfall, unit: Unit) -> str:
    head, short = f"“{shortfall.target.indicator}”", shortfall.short
    if list(short) == [unit.name]:
        return f"{head}{_words(short[unit.name])}。"
    told = named((f"{name}（{_figure(pace)}）" for name, pace in short.items()), NAMED)
    aim = next(iter(short.values())).aim
    bound = "不超过" if aim.at_most else "应达到"
    return f"{head}{bound}{plain(aim.value)}{aim.unit}，还没有做到的：{told}。"


def _of_community(shortfall: CommunityShortfall) -> str:
    head = f"{shortfall.community}“{shortfall.target.indicator}”{_words(shortfall.pace)}"
    if not shortfall.leads:
        return f"{head}；本校还没有参加。"
    return f"{head}；还没有参加的：{'、'.join(shortfall.idle)}。" if shortfall.idle else f"{head}。"


def _words(pace: Pace) -> str:
    """With what is lacking; the days left only while there are some."""
    words = pace.words if pace.days_left > 0 else pace.figure_words
    return f"{words}，{pace.lacking_words}" if pace.lacking_words else words


def _figure(pace: Pace) -> str:
    return f"{plain(pace.reached)}{pace.aim.unit}" if pace.reached is not None else ""


register(Section("targets", "目标", 60, rows, missing=missing))
