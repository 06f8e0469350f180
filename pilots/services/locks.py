"""After a reporting period its facts stay as they were confirmed; exceptions are by name and end by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from pilots.models import ReportingException, ReportingPeriod
from portal.accounts.models import Unit, User
from portal.refusals import Refused
from portal.text.official import official_date

#: On the page of an activity whose period is locked, and to who would have it changed all the same.
ACTIVITY_LOCKED = "本期已锁定，活动不再修改；确需更正的，请联系省协同提质办指名开通。"


def refuse_locked(unit: Unit | int, days: Iterable[date | None], *, by: User | None) -> None:
    """Raise Refused where one of ``days`` lies in a period that is locked for ``unit`` and ``by`` has no exception.

    Asked by every service that changes a fact, with the days it lay on and shall lie on. At most two queries.
    """
    wanted = {day for day in days if day is not None}
    if not wanted:
        return
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    spans = locked_periods(unit_id).filter(during__overlap=(min(wanted), max(wanted) + timedelta(days=1)))
    refuse_within(spans, unit_id, wanted, by=by)


def locked_periods(unit: int) -> QuerySet[ReportingPeriod]:
    """The periods that are locked for ``unit`` today."""
    return ReportingPeriod.objects.filter(locks_on__lt=timezone.localdate(), reports__unit=unit)


def refuse_within(periods: Iterable[ReportingPeriod], unit: int, days: Iterable[date], *, by: User | None) -> None:
    """The same for whoever has looked up the :func:`locked_periods` of ``unit`` already, for many days."""
    wanted = set(days)
    for period in periods:
        if any(day in period.span for day in wanted):
            refuse_period(period, unit, by=by)


def refuse_period(period: ReportingPeriod, unit: int, *, by: User | None) -> None:
    """Raise Refused where ``period`` is locked and ``by`` has no exception for ``unit`` today."""
    if is_locked(period) and not has_exception(period, unit, by):
        raise Refused(
            f"{period.label}已于{official_date(period.locks_on)}锁定，不能再改。"
            "如确需补正，请与省协同提质办联系，说明理由后由办公室指名开通。"
        )


def locked_to(user: User | None) -> Exists:
    """A condition on rows with ``unit`` and ``start``: what :func:`refuse_locked` does not let ``user`` change.

    For pages that offer only what is allowed, and for whoever looks at many.
    """
    today = timezone.localdate()
    periods = ReportingPeriod.objects.filter(
        locks_on__lt=today, reports__unit=OuterRef("unit"), during__contains=OuterRef("start")
    )
    if user is not None:
        own = ReportingException.objects.filter(period=OuterRef("pk"), user=user, until__gte=today)
        periods = periods.exclude(Exists(own.filter(unit=OuterRef(OuterRef("unit")))))
    return Exists(periods)


def is_locked(period: ReportingPeriod) -> bool:
    """Whether the day after which nothing changes has gone by."""
    return period.locks_on < timezone.localdate()


def has_exception(period: ReportingPeriod, unit: int, user: User | None) -> bool:
    """Whether the office lets ``user`` by name change what is locked, today."""
    return user is not None and running_exceptions(period, unit).filter(user=user).exists()


def running_exceptions(period: ReportingPeriod, unit: int) -> QuerySet[ReportingException]:
    """By which somebody may still change what is locked for ``unit``, today."""
    return ReportingException.objects.filter(period=period, unit=unit, until__gte=timezone.localdate())
