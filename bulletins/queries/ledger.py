"""The facts behind 采用台账: what each report became, when, and where its unit stood then.

A constant number of queries, however many reports: they are read as plain values and counted in Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from bulletins.ledger import FIGURES, ReportFacts, Rule, points_of
from bulletins.models import Issue, PointScheme, Submission
from bulletins.queries.submission import JOINED_FOR_OFFICE, LEFT_UNIT
from bulletins.rules import UNIT_ROLES
from bulletins.states import AT_OFFICE, SubmissionState
from portal.accounts.models import User
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import UnitKind
from portal.audit.models import Entry as AuditEntry
from portal.periods import Period

#: In the area filter: what lies in no prefecture (universities, partners, the office).
NO_AREA = 0
#: What counts: what the office has or had, and what a collecting unit sent on to it, at one remove or two. That still
#: lies at the collecting unit's desk. Drafts of a unit's own staff were never sent in and count with the whole alone.
COUNTED = (
    LEFT_UNIT
    | JOINED_FOR_OFFICE
    | Q(
        part_of__part_of__state__in=AT_OFFICE,
        part_of__part_of__submitted_at__isnull=False,
        part_of__part_of__at__kind=UnitKind.PROVINCE_OFFICE,
    )
)
#: A report itself, the one it was joined into, and the one that was joined into in turn.
_WAYS = ("", "part_of__", "part_of__part_of__")
_LEAVING = (SubmissionState.IN_REVIEW, SubmissionState.COLLECTING)
_RETURNING = ("bulletins.submission.return", "bulletins.submission.pass_back")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which reports: of a period, and of a kind of unit, an area (prefecture or ``NO_AREA``), a unit."""

    period: Period
    kind: str = ""
    area: int | None = None
    unit: int | None = None
    figure: str = ""

    def holds(self, report: ReportFacts) -> bool:
        return (
            self.kind in ("", report.kind)
            and (self.area is None or self.area == (report.area or NO_AREA))
            and self.unit in (None, report.unit)
            and (not self.figure or FIGURES[self.figure].counts(report))
        )


def sees_all(user: User) -> bool:
    """The office, leaders and the auditor see every unit."""
    return user.has_perm("bulletins.view_whole_ledger")


def own_units(user: User) -> set[int] | None:
    """The units whose figures ``user`` sees, with what stood under them; None for all."""
    return None if sees_all(user) else {unit.pk for unit in user.units_as(*UNIT_ROLES)}


def ledger_facts(user: User, narrowing: Narrowing, tree: UnitTree) -> list[ReportFacts]:
    """The reports that ``user`` may count, the latest first."""
    return facts_within(own_units(user), narrowing, tree)


def facts_within(own: set[int] | None, narrowing: Narrowing, tree: UnitTree) -> list[ReportFacts]:
    """The reports of ``own`` units and of what stood under them (None: all), the latest first."""
    rows = _reports_of(narrowing.period)
    left, returned = _history(rows)
    windows = _windows()
    schemes = point_schemes()
    facts = []
    for pk, unit, at, state, section, deadline, last_day in _values(rows):
        day = timezone.localdate(at)
        path = tree.path(unit, day)
        if own is not None and own.isdisjoint(path):
            continue
        first = timezone.localdate(min(at, left.get(pk, at)))
        report = ReportFacts(
            pk=pk,
            unit=unit,
            kind=tree.units[unit].kind,
            area=tree.area(unit, day),
            day=day,
            state=state,
            in_time=_in_time(first, deadline or _window_end(windows, last_day)),
            was_returned=pk in returned,
            section=section,
        )
        if narrowing.holds(report):
            facts.append(replace(report, points=points_of(report, rules_on(schemes, day))))
    return facts


def reports_by_pk(pks: Iterable[int]) -> dict[int, Submission]:
    """The reports of one page of the list, with where each was printed."""
    place = "placement__entry"
    along = [f"{way}{place}{end}" for way in _WAYS for end in ("__issue__periodical", "__section")]
    rows = Submission.objects.filter(pk__in=list(pks)).select_related(*along)
    return {row.pk: row for row in rows.defer("text", "print_text")}


def days_of_ledger() -> tuple[date, date] | None:
    """When the first and the latest report came in; None before any did."""
    days = Submission.objects.filter(COUNTED).aggregate(first=Min("submitted_at"), last=Max("submitted_at"))
    return (timezone.localdate(days["first"]), timezone.localdate(days["last"])) if days["first"] else None


def point_schemes() -> list[tuple[date, list[Rule]]]:
    """Every version of the point rules with the day it begins, the latest first; two queries."""
    return [
        (
            scheme.since,
            [Rule(rule.act, rule.points, rule.section_id, rule.unit_kind) for rule in scheme.rules.all()],
        )
        for scheme in PointScheme.objects.prefetch_related("rules").order_by("-since")
    ]


def rules_on(schemes: list[tuple[date, list[Rule]]], day: date) -> list[Rule]:
    """The rules in force on ``day``; none before the first version."""
    return next((rules for since, rules in schemes if since <= day), [])


def _reports_of(period: Period) -> QuerySet[Submission]:
    """What was last sent in within the period, days counted in the portal's time zone."""
    start, end = (timezone.make_aware(datetime.combine(day, time())) for day in (period.start, _after(period.end)))
    return Submission.objects.filter(COUNTED, submitted_at__gte=start, submitted_at__lt=end)


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _values(rows: QuerySet[Submission]) -> QuerySet[Submission, Any]:
    """Plain values; a report joined into another is printed where that one is."""
    section = Coalesce(*(F(f"{way}placement__entry__section") for way in _WAYS))
    return (
        rows.order_by("-submitted_at", "-pk")
        .annotate(in_section=section, last_day=Max("activities__end"))
        .values_list("pk", "unit_id", "submitted_at", "state", "in_section", "call__deadline", "last_day")
    )


def _history(rows: QuerySet[Submission]) -> tuple[dict[int, datetime], set[int]]:
    """When each report first left its unit, and which ever came back; two queries."""
    kind = ContentType.objects.get_for_model(Submission)
    records = AuditEntry.objects.filter(content_type=kind, object_id__in=rows.order_by().values("pk")).order_by()
    left = records.filter(to_state__in=_LEAVING).values_list("object_id").annotate(Min("at"))
    returned = records.filter(action__in=_RETURNING).values_list("object_id", flat=True)
    return {pk: at for pk, at in left if pk is not None}, {pk for pk in returned if pk is not None}


def _windows() -> list[tuple[date, date]]:
    """Collection windows in order of their ends; a past issue that was taken in has none."""
    rows = Issue.objects.filter(window_start__lt=F("window_end")).order_by("window_end")
    return list(rows.values_list("window_start", "window_end"))


def _window_end(windows: list[tuple[date, date]], day: date | None) -> date | None:
    """The last day of the first window that holds ``day``."""
    if day is None:
        return None
    return next((end for start, end in windows if start <= day <= end), None)


def _in_time(first: date, deadline: date | None) -> bool | None:
    return None if deadline is None else first <= deadline
