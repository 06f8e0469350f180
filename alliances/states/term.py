"""Where a term stands: no state that anybody sets, the calendar alone says so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from django.conf import settings
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone


class Standing(models.TextChoices):
    """Of a pair or of an agreement."""

    COMING = "coming", "未开始"
    RUNNING = "running", "正常"
    ENDING = "ending", "即将到期"
    ENDED = "ended", "已结束"


class Term(Protocol):
    """A half-open range of days, as the database keeps it."""

    lower: date | None
    upper: date | None


def standing_of(term: Term, today: date | None = None) -> Standing:
    """Soon over (即将到期) is a term from ``AGREEMENT_REMINDER_DAYS`` before its last day on."""
    today = today or timezone.localdate()
    if term.lower is not None and term.lower > today:
        return Standing.COMING
    return standing_until(term.upper, today)


def standing_until(upper: date | None, today: date | None = None) -> Standing:
    """Of a term that has begun and whose first day after it is ``upper`` (None: open)."""
    if upper is None:
        return Standing.RUNNING
    left = (upper - (today or timezone.localdate())).days - 1
    if left < 0:
        return Standing.ENDED
    return Standing.ENDING if left <= settings.AGREEMENT_REMINDER_DAYS else Standing.RUNNING


def days_left(term: Term, today: date | None = None) -> int | None:
    """Days from ``today`` to the last day of a term, 0 on it, below zero once it is over; None where it is open."""
    last = last_day(term)
    return (last - (today or timezone.localdate())).days if last else None


def term_of_days(since: date, until: date | None) -> DateRange:
    """The term from ``since`` to ``until``, both included; None leaves it open."""
    return DateRange(since, until + timedelta(days=1) if until else None)


def last_day(term: Term) -> date | None:
    """The last day that belongs to a term; None where it is open."""
    return term.upper - timedelta(days=1) if term.upper else None


def standing_filter(standing: Standing, today: date | None = None) -> models.Q:
    """The same for a queryset of rows whose term is ``during``."""
    today = today or timezone.localdate()
    soon = today + timedelta(days=settings.AGREEMENT_REMINDER_DAYS + 1)
    begun = models.Q(during__startswith__lte=today) | models.Q(during__lower_inf=True)
    return {
        Standing.COMING: models.Q(during__startswith__gt=today),
        Standing.RUNNING: begun & (models.Q(during__upper_inf=True) | models.Q(during__endswith__gt=soon)),
        Standing.ENDING: begun & models.Q(during__endswith__gt=today, during__endswith__lte=soon),
        Standing.ENDED: models.Q(during__endswith__lte=today),
    }[standing]


def not_over(today: date | None = None) -> models.Q:
    """Rows whose term ``during`` has not ended; asked this way round, for an open end is NULL to the database."""
    return models.Q(during__upper_inf=True) | models.Q(during__endswith__gt=today or timezone.localdate())
