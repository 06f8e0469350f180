"""Makers of recorded activities and of targets."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from pilots.models import Activity, ActivityKind, Indicator, Target
from pilots.models.indicator import Force
from pilots.services.activity import record_activities
from portal.accounts.models import Unit
from tests.factories import make_activity


def make_recorded(
    unit: Unit, *partners: Unit, day: date | None = None, kind: str = "联合教研", **facts: Any
) -> Activity:
    """An activity of ``unit`` with ``partners`` that counts; a week ago if no day is given."""
    day = day or timezone.localdate() - timedelta(days=7)
    activity = make_activity(unit, day, kind, partners=partners, **facts)
    record_activities([activity], by=None)
    return activity


def make_indicator(level: str = "school", *, kinds: tuple[str, ...] = (), **fields: Any) -> Indicator:
    """An indicator that counts sessions of activities in each term, for each unit of ``level``."""
    chosen = sorted(ActivityKind.objects.filter(name__in=kinds).values_list("pk", flat=True))
    given: dict[str, Any] = {
        "code": f"test-{Indicator.objects.count()}",
        "name": "教研活动次数",
        "unit": "次",
        "period_kind": Indicator.PeriodKind.TERM,
        "level": level,
        "measure": "activity_sessions",
        "parameters": {"kinds": chosen} if chosen else {},
    }
    return Indicator.objects.create(**given | fields)


def make_target(
    area: Unit,
    value: int = 8,
    *,
    indicator: Indicator | None = None,
    first: date | None = None,
    last: date | None = None,
) -> Target:
    """A target on ``area`` that has held for years and still does, if no days are given."""
    today = timezone.localdate()
    target = Target.objects.create(
        indicator=indicator or make_indicator(),
        area=area,
        value=Decimal(value),
        force=Force.MUST,
        during=(first or today - timedelta(days=800), (last or today + timedelta(days=800)) + timedelta(days=1)),
    )
    target.refresh_from_db()
    return target
