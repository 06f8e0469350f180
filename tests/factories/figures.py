"""Makers of indicators that units report, of what they report, and of closed periods."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone

from pilots.models import FiguresClosing, Indicator, ReportedValue, Target
from pilots.queries.reported import entered_period, previous_entered
from pilots.services.closing import close_figures
from pilots.services.reported_value import save_value
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import UnitKind
from portal.periods import Period, term_of
from tests.factories.activity import make_indicator, make_target


def make_reported(level: str = UnitKind.COUNTY, **fields: Any) -> Indicator:
    """An indicator that units of ``level`` report each term, unless ``fields`` say otherwise."""
    given = {"name": "专项培训次数", "measure": "", "reported_by": level, "parameters": {}}
    return make_indicator(level, **given | fields)


def make_ratio(level: str = UnitKind.COUNTY, **fields: Any) -> Indicator:
    """A ratio that units report, of two numbers."""
    given = {"name": "教师交流比例", "unit": "%", "is_ratio": True, "adding_up": "ratio_of_sums"}
    labels = {"above_label": "交流教师数", "below_label": "教师总数"}
    return make_reported(level, **given | labels | fields)


def ask_for(indicator: Indicator, area: Unit | None = None, value: int = 8) -> Target:
    """A target by which the units in ``area`` (everywhere if not given) are asked for the indicator."""
    return make_target(area or the_office(), value, indicator=indicator)


def make_value(
    indicator: Indicator,
    unit: Unit,
    number: int | None,
    below: int | None = None,
    *,
    by: User,
    period: Period | None = None,
    **more: Any,
) -> ReportedValue:
    """What ``unit`` reports for the term that runs, or another period; anew where there is something already."""
    period = period or entered_period(indicator, timezone.localdate())
    stands = ReportedValue.objects.filter(indicator=indicator, unit=unit, key=period.key).first()
    return save_value(
        indicator=indicator,
        unit=unit,
        period=period,
        number=None if number is None else Decimal(number),
        below=None if below is None else Decimal(below),
        version=stands.version if stands else 0,
        by=by,
        **more,
    )


def last_term() -> Period:
    """The term before the one that runs."""
    return previous_entered(term_of(timezone.localdate()))


def make_closing(by: User, period: Period | None = None, *, reason: str = "") -> FiguresClosing:
    """The last term, closed by the office."""
    return close_figures(period or last_term(), reason=reason, by=by)
