"""Opening a reporting period for all units at once, its days, the rules behind it, and exceptions by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import ProgressReport, ReportingCadence, ReportingException, ReportingPeriod, ReportingRule
from pilots.notices.progress_report import tell_excepted, tell_opened
from pilots.services.progress_waits import renew_report_waits
from pilots.states.progress import WITH_OWNER, ProgressState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import units
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import UNIT_ROLES, UnitKind
from portal.audit.models import Entry, entry_of, record, record_all
from portal.periods import Period
from portal.refusals import Refused
from portal.text.official import official_date

#: An exception is for days of correcting, not for good.
LONGEST_EXCEPTION = 60
#: Who was named for a sheet that stays confirmed could correct nothing in it.
FIRST_RETURN = "确认单已确认，请先退回，再指名开通。"
#: Levels that may be set before the province.
LEVELS = (UnitKind.COUNTY, UnitKind.PREFECTURE, UnitKind.UNIVERSITY)


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening did: how many sheets are new, how many units had theirs, which report on these days otherwise."""

    period: ReportingPeriod
    new: int
    already: int
    overlapping: tuple[str, ...]


@transaction.atomic
def open_period(
    *, cadence: ReportingCadence, span: Period, due: date | None = None, locks_on: date | None = None, by: User
) -> Opened:
    """Give every unit that reports by ``cadence`` its sheet for ``span``; done again, only units without one get it.

    Days not given follow from the cadence. Raises ValidationError where the period overlaps another one, Refused
    where it has not begun.
    """
    _demand(by)
    period = _period(cadence, span, due, locks_on, by=by)
    reporting = units().filter(kind__in=_kinds(cadence), is_outside=False)
    taken = dict(
        ProgressReport.objects.filter(during__overlap=period.during, unit__in=reporting).values_list("unit", "period")
    )
    have = sum(1 for other in taken.values() if other == period.pk)
    overlapping = [unit.label for unit in reporting if taken.get(unit.pk, period.pk) != period.pk]
    created = _create(period, [unit for unit in reporting if unit.pk not in taken], by=by)
    record(period, "pilots.reporting.open", "开放填报", by=by, new=len(created), already=have)
    tell_opened(period, [report.unit_id for report in created])
    return Opened(period, len(created), have, tuple(overlapping))


@transaction.atomic
def move_days(period: ReportingPeriod, *, due: date, locks_on: date, by: User) -> None:
    """Another day on which the sheets are due and are locked. Raises ValidationError where they are the wrong way."""
    _demand(by)
    before = {"due": str(period.due), "locks_on": str(period.locks_on)}
    period.due, period.locks_on = due, locks_on
    period.full_clean()
    period.save(update_fields=["due", "locks_on"])
    record(period, "pilots.reporting.move", "调整日期", by=by, before=before, due=str(due), locks_on=str(locks_on))
    rows = ProgressReport.objects.filter(period=period, state__in=WITH_OWNER).select_related("period", "unit", "at")
    renew_report_waits(rows)


@transaction.atomic
def grant_exception(report: ProgressReport, *, user: User, reason: str, until: date, by: User) -> ReportingException:
    """Let ``user`` by name change the facts of a locked period and submit ``report``, through the day ``until``."""
    if not by.has_perm("pilots.grant_reporting_exception"):
        raise PermissionDenied
    _check_exception(report, user, reason, until)
    exception = ReportingException.objects.create(
        period=report.period, unit=report.unit, user=user, reason=reason.strip(), until=until, granted_by=by
    )
    record(
        report,
        "pilots.progressreport.except",
        "指名开通补正",
        by=by,
        reason=exception.reason,
        person=user.name,
        until=str(until),
    )
    renew_report_waits([report])
    tell_excepted(exception, report)
    return exception


@transaction.atomic
def set_rule(
    rule: ReportingRule, *, reports: bool, cadence: ReportingCadence, reviewed_by: Iterable[str], by: User
) -> None:
    """Who reports how often over which levels. What is under way keeps the desks it was submitted to."""
    _demand(by)
    levels = [kind.value for kind in LEVELS if kind in set(reviewed_by) and kind != rule.unit_kind]
    if (rule.reports, rule.cadence_id, rule.reviewed_by) == (reports, cadence.pk, levels):
        return
    rule.reports, rule.cadence, rule.reviewed_by = reports, cadence, levels
    rule.save()
    act = "pilots.reporting.rule"
    record(rule, act, "调整填报规则", by=by, reports=reports, cadence=str(cadence), levels=levels)


@transaction.atomic
def set_cadence(cadence: ReportingCadence, *, by: User, **days: int) -> None:
    """Days and thresholds of a cadence (its fields by name). Periods that are open keep their days."""
    _demand(by)
    if days["locks_after"] < days["due_after"]:
        raise ValidationError({"locks_after": "锁定不能早于截止，请核对两个天数。"})
    changed = {name: value for name, value in days.items() if getattr(cadence, name) != value}
    for name, value in changed.items():
        setattr(cadence, name, value)
    if changed:
        cadence.save(update_fields=list(changed))
        record(cadence, "pilots.reporting.cadence", "调整填报周期", by=by, changed=changed)


def _demand(by: User) -> None:
    if not by.has_perm("pilots.manage_reporting"):
        raise PermissionDenied


def _kinds(cadence: ReportingCadence) -> list[str]:
    return list(cadence.rules.filter(reports=True).values_list("unit_kind", flat=True))


def _period(
    cadence: ReportingCadence, span: Period, due: date | None, locks_on: date | None, *, by: User
) -> ReportingPeriod:
    """The period of these days, made if it is not there; the row of the cadence is locked, so that two make one."""
    ReportingCadence.objects.select_for_update().get(pk=cadence.pk)
    known = ReportingPeriod.objects.filter(cadence=cadence, key=span.key).first()
    if known is not None:
        return known
    if span.start > timezone.localdate():
        raise Refused(f"{span.label}{official_date(span.start)}才开始，届时再开放填报。")
    period = ReportingPeriod(
        cadence=cadence,
        key=span.key,
        label=span.label,
        during=(span.start, span.end + timedelta(days=1)),
        due=due or span.end + timedelta(days=cadence.due_after),
        locks_on=locks_on or span.end + timedelta(days=cadence.locks_after),
        opened_by=by,
    )
    period.full_clean()
    period.save()
    period.refresh_from_db()
    return period


def _create(period: ReportingPeriod, new: list[Unit], *, by: User) -> list[ProgressReport]:
    """The sheets, with what stands above each unit; a constant number of queries."""
    tree, day = UnitTree(), min(period.span.end, timezone.localdate())
    created = ProgressReport.objects.bulk_create(
        ProgressReport(period=period, unit=unit, during=period.during, above=list(tree.path(unit.pk, day)[1:]))
        for unit in new
    )
    record_all(_entry(report, by) for report in created)
    renew_report_waits(created)
    return created


def _entry(report: ProgressReport, by: User) -> Entry:
    act = "pilots.progressreport.create"
    return entry_of(report, act, "开放填报", by=by, to_state=ProgressState.DRAFT, data={})


def _check_exception(report: ProgressReport, user: User, reason: str, until: date) -> None:
    today = timezone.localdate()
    if report.state == ProgressState.CONFIRMED:
        raise Refused(FIRST_RETURN)
    if not reason.strip():
        raise Refused("请写明同意补正的理由。")
    if not user.holds(*UNIT_ROLES, unit=report.unit_id):
        raise Refused(f"{user.name}今天不在{report.unit}任职，请指名该单位的信息员、审核人或工作人员。")
    if not today <= until <= today + timedelta(days=LONGEST_EXCEPTION):
        raise Refused(f"截止日期请填今天起{LONGEST_EXCEPTION}天以内的一天。")
