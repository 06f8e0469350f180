"""The office's table of a call: unit × answered / late / 本次无稿 / silent, with the reports that answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from bulletins.models import Call, CallTarget, Case, Submission
from bulletins.queries.call import ANSWERS, SILENT, in_official_order, reporters_of
from bulletins.queries.case import cases_for
from bulletins.queries.submission import submissions_for
from portal.accounts.models import User
from portal.audit.models import Entry, history


class Standing(models.TextChoices):
    """Where a unit stands with a call; 逾期 is seen from the deadline as it is now."""

    ANSWERED = "answered", "已应稿"
    LATE = "late", "逾期应稿"
    NO_REPORT = "no_report", "本次无稿"
    SILENT = "silent", "未应稿"
    OVERDUE = "overdue", "逾期未应稿"
    INACTIVE = "inactive", "单位已停用"


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One unit's line: its standing, its reports (or cases) that the reader may see, who reports for it today."""

    target: CallTarget
    standing: Standing
    reports: list[Submission] | list[Case]
    officers: list[User]


def narrowed(call: Call, standing: str = "", *, kind: str = "", text: str = "") -> QuerySet[CallTarget]:
    """Targets of ``call`` in official order; empty arguments narrow nothing, an unknown standing neither."""
    rows = in_official_order(call.targets.all())
    if standing in Standing.values:
        rows = rows.filter(_condition(call, Standing(standing)))
    if kind:
        rows = rows.filter(unit__kind=kind)
    if text := text.strip():
        rows = rows.filter(Q(unit__name__icontains=text) | Q(unit__short_name__icontains=text))
    return rows


def lines_of(call: Call, targets: Iterable[CallTarget], user: User) -> list[TargetLine]:
    """The lines of one page of the table, three queries however long it is."""
    targets = list(targets)
    asked = [target.unit_id for target in targets]
    reports: dict[int, list[Any]] = {}
    for report in _answers(call, user).filter(unit__in=asked).order_by("submitted_at", "pk"):
        reports.setdefault(report.unit_id, []).append(report)
    officers = reporters_of(asked)
    today = timezone.localdate()
    return [
        TargetLine(
            target, standing_of(call, target, today), reports.get(target.unit_id, []), officers.get(target.unit_id, [])
        )
        for target in targets
    ]


def _answers(call: Call, user: User) -> QuerySet[Any]:
    """What answers the call and ``user`` may see: reports, or cases where it asks for these."""
    if call.kind == Call.Kind.CASE:
        return cases_for(user).filter(call=call, submitted_at__isnull=False)
    named = Q(call=call)
    if call.kind == Call.Kind.POINTS and call.sent_at:
        named |= Q(call__isnull=True, submitted_at__gte=call.sent_at)
    return submissions_for(user).filter(named & ANSWERS)


def standing_of(call: Call, target: CallTarget, today: date) -> Standing:
    """Where the unit stands on ``today``."""
    if target.answered_at is not None:
        in_time = call.deadline is None or timezone.localdate(target.answered_at) <= call.deadline
        return Standing.ANSWERED if in_time else Standing.LATE
    if target.no_report_at is not None:
        return Standing.NO_REPORT
    if not target.unit.is_active:
        return Standing.INACTIVE
    return Standing.OVERDUE if call.deadline is not None and today > call.deadline else Standing.SILENT


def counts_of(call: Call) -> dict[Standing, int]:
    """How many units stand where, in the order of the standings; those nobody is in are left out. One query."""
    today = timezone.localdate()
    found = Counter(standing_of(call, target, today) for target in call.targets.select_related("unit"))
    return {standing: found[standing] for standing in Standing if found[standing]}


def reminders_of(call: Call) -> QuerySet[Entry]:
    """When whom the call was brought to mind (``data["told"]``: unit and person), the latest first."""
    return history(call).filter(action="bulletins.call.remind")


def changes_of(call: Call) -> QuerySet[Entry]:
    """What was done with the call itself, the latest first."""
    return history(call).exclude(action="bulletins.call.remind")


def _condition(call: Call, standing: Standing) -> Q:
    """The same in the database as ``standing_of``."""
    overdue = call.deadline is not None and timezone.localdate() > call.deadline
    silent = SILENT & Q(unit__is_active=True)
    conditions = {
        Standing.ANSWERED: Q(answered_at__date__lte=F("call__deadline")),
        Standing.LATE: Q(answered_at__date__gt=F("call__deadline")),
        Standing.NO_REPORT: Q(answered_at__isnull=True, no_report_at__isnull=False),
        Standing.SILENT: silent if not overdue else Q(pk__in=[]),
        Standing.OVERDUE: silent if overdue else Q(pk__in=[]),
        Standing.INACTIVE: SILENT & Q(unit__is_active=False),
    }
    return conditions[standing]
