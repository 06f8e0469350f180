"""What the portal knows of a unit and a period: sections that apps register and a progress report opens with.

DOMAIN.md, "Report once, use thrice": a school has one prefilled 学期确认单 a term; nothing that the portal knows is
asked twice. Apps above register their own sections, so nothing here points upwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from portal.accounts.models import Unit
from portal.periods import Period


@dataclass(frozen=True, slots=True)
class Line:
    """One fact. ``key`` names it for good (``activity:12``), ``text`` is what people read.

    ``owner`` is the id of the unit that keeps the fact and is asked where it is wrong (the reporting unit itself if
    None); ``url`` leads to the page where it is kept, for those who may open it.
    """

    key: str
    text: str
    owner: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that is compared from period to period: ``key`` for good, ``label`` and ``unit`` for people."""

    key: str
    label: str
    value: int | Decimal
    unit: str = ""


def last_day_over(period: Period) -> date:
    """What was due in ``period`` up to this day is late: its last one, yesterday while it runs."""
    return min(period.end, timezone.localdate() - timedelta(days=1))


def no_figures(unit: Unit, period: Period) -> Sequence[Figure]:
    return ()


def nothing_missing(unit: Unit, period: Period) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the sheet: ``rows(unit, period)`` and ``figures(unit, period)`` as the portal knows them now.

    ``wanting`` is a sentence for the reviewer where there is no row at all ("本期没有活动记录"); empty where
    nothing is missing then. ``missing`` tells what else falls short (a quota). Each reads in a constant number of
    queries.
    """

    key: str
    label: str
    order: int
    rows: Callable[[Unit, Period], Sequence[Line]]
    figures: Callable[[Unit, Period], Sequence[Figure]] = no_figures
    wanting: str = ""
    missing: Callable[[Unit, Period], Sequence[str]] = nothing_missing


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """Let the sheet hold ``section``; called once, from the app's ``ready``."""
    _sections[section.key] = section


def sections() -> list[Section]:
    """All of them, in their order."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.key))
