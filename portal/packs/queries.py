"""Whose 年终材料 a person may ask for, and which he has asked for."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from alliances.queries.alliance import first_day
from alliances.rules.posts import reads_all
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import official_order
from portal.home.boards.subjects import units_with_board
from portal.jobs.models import JobState
from portal.packs.models import Pack
from portal.periods import Period, periods_between, year_of


def units_to_pack(user: User) -> QuerySet[Unit]:
    """The units whose board he may open: the office all, others their own and those below."""
    return units_with_board(user).order_by(*official_order())


def packs_for(user: User) -> QuerySet[Pack]:
    """What he asked for himself, of units that are still his to look at.

    Nobody else's: what is in a pack is what its asker may see.
    """
    rows = Pack.objects.filter(asked_by=user).select_related("unit", "asked_by", "job")
    return rows if reads_all(user) else rows.filter(unit__in=units_to_pack(user).order_by().values("pk"))


def open_packs(unit: Unit, period: Period) -> QuerySet[Pack]:
    """What is being made of the unit and the year."""
    going = Q(job__state__in=(JobState.QUEUED, JobState.RUNNING))
    return Pack.objects.filter(going, unit=unit, period=period.key).select_related("asked_by", "job")


def years() -> list[tuple[str, list[Period]]]:
    """What there is to choose from: school years and years, the latest first."""
    return [some for some in periods_between(first_day(), timezone.localdate()) if some[0] in ("学年", "年份")]


def is_year(period: Period) -> bool:
    """Whether packs are made of such a period: a year or a school year, begun already."""
    is_whole = period.key == year_of(period.start).key or len(period.key) == len("2024-2025")
    return is_whole and period.start <= timezone.localdate()


def usual_year(today: date) -> Period:
    """What is asked for first: the year that ends, or in January and February the one that has just ended."""
    return year_of(today if today.month > 2 else today.replace(year=today.year - 1, day=1))
