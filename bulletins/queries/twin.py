"""Reports that may tell the same as another: which to compare, and which pairs were flagged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from bulletins.models import Submission, Twin
from bulletins.states import AT_OFFICE
from pilots.models import Activity
from portal.accounts.models import Unit

#: How long before it a report may have been told already, and how many are compared at most.
DAYS, MOST = 60, 400


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells, for comparing: on which days, and which units took part (its own among them)."""

    days: frozenset[object]
    units: frozenset[int]


def candidates(submission: Submission) -> list[Submission]:
    """Reports to compare ``submission`` with: those of a common event, then the latest of the units around it.

    Both ways go through an index (activities by unit and day, reports by unit and time of coming in), so
    the number of reports in the portal does not matter.
    """
    units = _units_around(submission)
    since = (submission.submitted_at or timezone.now()) - timedelta(days=DAYS)
    left = (
        Submission.objects.filter(state__in=AT_OFFICE, submitted_at__isnull=False)
        .exclude(pk=submission.pk)
        .exclude(part_of=submission)
    )
    if submission.part_of_id:
        left = left.exclude(pk=submission.part_of_id)
    days = [day for day in submission.activities.values_list("start", flat=True) if day]
    events = Activity.objects.filter(Q(unit__in=units) | Q(partners__in=units), start__in=days).values("pk")
    told = left.filter(pk__in=Submission.activities.through.objects.filter(activity__in=events).values("submission"))
    latest = left.filter(unit__in=units, submitted_at__gte=since).order_by("-submitted_at")
    found = {each.pk: each for each in (*told[:MOST], *latest[:MOST])}
    return list(found.values())[:MOST]


def told_by(submissions: Iterable[Submission]) -> dict[int, Told]:
    """Days and units of each report; three queries, however many."""
    rows = list(submissions)
    days: dict[int, set[object]] = defaultdict(set)
    units: dict[int, set[int]] = defaultdict(set)
    home = {}
    through = Submission.activities.through.objects.filter(submission__in=rows)
    for report, activity, day in through.values_list("submission", "activity", "activity__start"):
        days[report].add(day)
        home[activity] = report
    partners = Activity.partners.through.objects.filter(activity__in=home)
    for activity, unit in partners.values_list("activity", "unit"):
        units[home[activity]].add(unit)
    return {
        each.pk: Told(frozenset(days[each.pk] - {None}), frozenset(units[each.pk] | {each.unit_id})) for each in rows
    }


def twins_of(submission: Submission) -> QuerySet[Twin]:
    """Pairs of which ``submission`` is one, dismissed ones too, with both reports."""
    return Twin.objects.filter(Q(first=submission) | Q(second=submission)).select_related(
        "first__unit", "second__unit", "dismissed_by"
    )


def with_twins(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Reports with ``has_twin``: whether one that nobody has dismissed tells the same; no query more."""
    open_pairs = Twin.objects.filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")), dismissed_at__isnull=True)
    return rows.annotate(has_twin=Exists(open_pairs))


def _units_around(submission: Submission) -> list[int]:
    """The unit, what stands right above and below it, and whom it names as partners."""
    partners = submission.activities.exclude(partners=None).values_list("partners", flat=True)
    around = Unit.objects.filter(Q(parent=submission.unit_id) | Q(children=submission.unit_id))
    office = Unit.objects.filter(parent=None).values("pk")
    found = {submission.unit_id, *partners, *around.exclude(pk__in=office).values_list("pk", flat=True)}
    return sorted(found)
