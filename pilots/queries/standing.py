"""How targets stand: for each thing a target holds for its pace, and the whole of them added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from pilots.models import Indicator, Target
from pilots.pace import Aim, Pace, PaceState, figure, pace_of
from pilots.queries.closing import closed_parts
from pilots.queries.reported import reported_parts, unreported
from pilots.queries.target import targets_in_force, working_period
from portal.measures import Measure, Number, Subject, level_called, measure_called
from portal.periods import Period


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing a target holds for: its pace, and where the rows behind the figure are."""

    subject: Subject
    pace: Pace
    rows_url: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A target with all it holds for, those furthest behind first.

    ``total`` is the figure of the whole, added up as the indicator says; None where it cannot be said. ``unreported``
    names who has not reported yet, of an indicator that is reported.
    """

    target: Target
    period: Period
    standings: Sequence[Standing]
    total: Decimal | None
    total_unit: str
    unreported: list[str] = field(default_factory=list)

    def having(self, state: str) -> list[Standing]:
        return [one for one in self.standings if one.pace.state == state]

    @property
    def late(self) -> list[Standing]:
        return self.having(PaceState.LATE)

    @property
    def attention(self) -> list[Standing]:
        return self.having(PaceState.ATTENTION)

    @property
    def reached(self) -> list[Standing]:
        return [one for one in self.standings if one.pace.is_reached]

    @property
    def idle(self) -> list[Standing]:
        """Who has done nothing yet, by name."""
        return [one for one in self.standings if one.pace.reached == 0 and not one.pace.aim.at_most]

    @property
    def state(self) -> str:
        """The whole is as good as its part that is furthest behind; a mere wish is never late.

        Where nothing is known of most parts, nothing is known of the whole: a few that do well do not speak for it.
        """
        if self.late or self.attention:
            return PaceState.LATE if self.late else PaceState.ATTENTION
        known = len(self.having(PaceState.NORMAL))
        return PaceState.NORMAL if known and known * 2 >= len(self.standings) else PaceState.UNKNOWN


def overviews(targets: Iterable[Target], today: date | None = None) -> list[Overview]:
    """How each target stands today.

    Queries grow with the different indicators and levels among ``targets``, not with the targets, nor with what they
    hold for.
    """
    today = today or timezone.localdate()
    targets = list(targets)
    prefetch_related_objects(targets, "milestones")
    groups: dict[tuple[int, str, str], list[Target]] = defaultdict(list)
    periods = {target.pk: working_period(target, today) for target in targets}
    for target in targets:
        groups[target.indicator_id, periods[target.pk].key, target.among].append(target)
    found: dict[int, Overview] = {}
    for group in groups.values():
        found |= _group(group, periods[group[0].pk], today)
    return [found[target.pk] for target in targets]


def with_late(targets: QuerySet[Target]) -> QuerySet[Target]:
    """Those of ``targets`` of which something is late today; pace is worked out, so all of them are looked at."""
    return targets.filter(pk__in=[one.target.pk for one in overviews(targets) if one.late])


def overview(target: Target, today: date | None = None) -> Overview:
    """How one target stands today."""
    return overviews([target], today)[0]


def narrowed(target: Target, area: int) -> Target:
    """The same target as far as it holds in ``area``, a unit under its own; never saved."""
    found = copy(target)
    found.area_id = area
    return found


def pace(target: Target, subject: int, today: date | None = None) -> Pace:
    """How one thing (by id: a unit, a community) stands against ``target``: reached, expected by today, in words."""
    return paces(target, [subject], today)[subject]


def paces(target: Target, pks: Collection[int], today: date | None = None) -> dict[int, Pace]:
    """The same for several things. At most two counts."""
    today = today or timezone.localdate()
    period = working_period(target, today)
    reached, aim = figures(target.indicator, pks, period), _aim(target, period)
    return {pk: pace_of(aim, reached.get(pk), today) for pk in pks}


def standings_of(
    level: str, subject: Subject, areas: Sequence[int], today: date | None = None
) -> list[tuple[Target, Standing]]:
    """Every target that holds today for one thing of ``level``; ``areas`` are all areas it lies in, from below."""
    today = today or timezone.localdate()
    shown = []
    for target in targets_in_force(areas, today, level=level):
        period = working_period(target, today)
        pace_today = pace(target, subject.pk, today)
        shown.append((target, Standing(subject, pace_today, rows_url(target.indicator, subject.pk, period))))
    return shown


def area_overviews(indicator: Indicator, areas: Collection[int], period: Period, day: date) -> list[Overview]:
    """What lies in each of ``areas`` on ``day`` of a period, as if the indicator's usual value were the target there.

    ``target.area_id`` says which area it is: these targets are in no database, and no target there has their keys.
    """
    whole = DateRange(period.start, period.end + timedelta(days=1))
    value = indicator.usual_value or Decimal(0)
    return overviews([Target(pk=-pk, indicator=indicator, area_id=pk, value=value, during=whole) for pk in areas], day)


def figures(indicator: Indicator, pks: Collection[int], period: Period) -> dict[int, Decimal | None]:
    """The indicator's figure of each of ``pks``; None where a ratio has nothing below its line. At most two counts."""
    counted = figure_parts(indicator, pks, period)
    return {pk: figure(*counted[pk]) if pk in counted else None for pk in pks} if counted else {}


def rows_url(indicator: Indicator, pk: int, period: Period) -> str:
    """Where the rows behind a figure are shown; empty where nothing is counted."""
    if indicator.is_reported:
        asked = {"indicator": indicator.pk, "within": pk, "period": period.key}
        return f"{reverse('reported-values')}?{urlencode(asked)}"
    measure = measure_called(indicator.measure)
    return measure.address(pk, period, **indicator.parameters) if measure else ""


def missing(target: Target, pk: int, today: date | None = None) -> list[str]:
    """Who has not yet done anything towards the figure of one thing, or has not reported it, by name."""
    period = working_period(target, today or timezone.localdate())
    if target.indicator.is_reported:
        return unreported(target.indicator, [pk], period)[pk]
    measure = measure_called(target.indicator.measure)
    if measure is None or measure.missing is None:
        return []
    return measure.missing(pk, period, **target.indicator.parameters)


def _group(targets: list[Target], period: Period, today: date) -> dict[int, Overview]:
    """Targets of one indicator and period: their things and figures are read together."""
    indicator, among = targets[0].indicator, targets[0].among
    level = level_called(indicator.level)
    areas = {target.area_id for target in targets}
    within: Mapping[int, Sequence[Subject]] = level.within(areas, period, among) if level else {}
    pks = sorted({subject.pk for some in within.values() for subject in some})
    parts = figure_parts(indicator, pks, period)
    wanting = unreported(indicator, pks, period) if indicator.is_reported else {}
    found = {target.pk: _overview(target, period, within.get(target.area_id, ()), parts, today) for target in targets}
    for one in found.values():
        names = [name for standing in one.standings for name in wanting.get(standing.subject.pk, ())]
        one.unreported.extend(dict.fromkeys(names))
    return found


def _overview(
    target: Target,
    period: Period,
    subjects: Sequence[Subject],
    parts: Mapping[int, tuple[Number, Number | None]],
    today: date,
) -> Overview:
    indicator, aim = target.indicator, _aim(target, period)
    standings = [
        Standing(
            subject,
            pace_of(aim, figure(*parts[subject.pk]) if subject.pk in parts else None, today),
            rows_url(indicator, subject.pk, period),
        )
        for subject in subjects
    ]
    standings.sort(key=_furthest_behind_first)
    own = [parts[subject.pk] for subject in subjects if subject.pk in parts]
    total, unit = add_up(indicator, own, standings)
    return Overview(target, period, standings, total, unit)


def add_up(
    indicator: Indicator, parts: Sequence[tuple[Number, Number | None]], standings: Sequence[Standing]
) -> tuple[Decimal | None, str]:
    """The figure of the whole, with its unit, the way the indicator's levels add up."""
    way, ways = indicator.adding_up, Indicator.AddingUp
    if not parts:
        return None, indicator.unit
    if way == ways.SHARE_PASSING:
        passing = sum(one.pace.is_reached for one in standings)
        return Decimal(passing * 100) / len(standings), "%"
    if way == ways.RATIO_OF_SUMS:
        above = sum((Decimal(one) for one, _ in parts), Decimal(0))
        below = sum((Decimal(one) for _, one in parts if one is not None), Decimal(0))
        return figure(above, below), indicator.unit
    values = [value for part in parts if (value := figure(*part)) is not None]
    if not values:
        return None, indicator.unit
    return (min(values) if way == ways.MINIMUM else sum(values, Decimal(0))), indicator.unit


def figure_parts(
    indicator: Indicator, pks: Collection[int], period: Period
) -> Mapping[int, tuple[Number, Number | None]]:
    """By id what is above and, of a ratio, below the line: as frozen where the period is closed, else as it is now."""
    if not pks:
        return {}
    frozen = closed_parts(indicator, pks, period)
    return counted_parts(indicator, pks, period) if frozen is None else frozen


def counted_parts(
    indicator: Indicator, pks: Collection[int], period: Period
) -> Mapping[int, tuple[Number, Number | None]]:
    """The same counted anew, whatever was frozen. Empty where no app can count it."""
    if indicator.is_reported:
        return reported_parts(indicator, pks, period)
    measure = measure_called(indicator.measure)
    if measure is None or not pks:
        return {}
    above = _count(measure, pks, period, indicator.parameters)
    divisor = measure_called(indicator.denominator) if indicator.denominator else None
    if divisor is None:
        return {pk: (above.get(pk, 0), None) for pk in pks}
    below = _count(divisor, pks, period, indicator.denominator_parameters)
    return {pk: (above.get(pk, 0), below.get(pk, 0)) for pk in pks}


def _count(
    measure: Measure, pks: Collection[int], period: Period, parameters: dict[str, object]
) -> Mapping[int, Number]:
    return measure.count(pks, period, **parameters)


def _aim(target: Target, period: Period) -> Aim:
    indicator = target.indicator
    return Aim(
        value=target.value,
        unit=indicator.unit,
        period=period,
        is_ratio=indicator.is_ratio,
        at_most=indicator.direction == Indicator.Direction.AT_MOST,
        attention=indicator.attention_percent,
        late=indicator.late_percent,
        milestones=tuple((one.day, one.value) for one in target.milestones.all() if one.day in period),
        is_reported=indicator.is_reported,
    )


_BEHIND = {PaceState.LATE: 0, PaceState.ATTENTION: 1, PaceState.UNKNOWN: 2, PaceState.NORMAL: 3}


def _furthest_behind_first(standing: Standing) -> tuple[int, Decimal, str]:
    reached = standing.pace.reached
    return (_BEHIND[standing.pace.state], reached if reached is not None else Decimal(0), standing.subject.name)
