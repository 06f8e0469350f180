"""Who and what is represented in an issue in the making, and who has not been printed lately.

An entry counts for the units whose reports it was made of, schools joined into them included; an entry without
reports (written at the desk, or of a past issue that was taken in) counts for the units its lead names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from alliances.queries.partnership import partnerships_on
from bulletins.models import Entry, Issue, Submission
from bulletins.queries.submission import LEFT_UNIT
from bulletins.queries.volume import credited_units
from bulletins.reading import KnownUnit, UnitMatcher
from bulletins.reading.units import unit_ids
from bulletins.states import WITH_OFFICE, IssueState, SubmissionState
from pilots.models import Batch
from portal.accounts.models import Unit
from portal.accounts.queries.unit import names_of_units, official_order
from portal.accounts.roles import UnitKind

#: So many issues back it is asked who was printed.
ISSUES_BACK = 3
#: Kinds of unit that are expected to be printed from time to time.
EXPECTED = (UnitKind.UNIVERSITY, UnitKind.COUNTY)


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A unit that stands neither in this issue nor in the last ones, with its reports that wait at the office."""

    unit: Unit
    waiting: list[Submission]


@dataclass(frozen=True, slots=True)
class Balance:
    """What is represented, each in official order; ``batches`` and ``kinds`` with how often, nought included.

    ``recent`` are the last issues, against which ``unprinted`` was found; without any nobody is listed.
    """

    units: list[Unit] = field(default_factory=list)
    kinds: list[tuple[str, int]] = field(default_factory=list)
    areas: list[Unit] = field(default_factory=list)
    other_areas: list[Unit] = field(default_factory=list)
    batches: list[tuple[Batch, int]] = field(default_factory=list)
    recent: list[Issue] = field(default_factory=list)
    unprinted: list[Unprinted] = field(default_factory=list)

    @property
    def batches_held(self) -> int:
        return sum(1 for _, count in self.batches if count)


def balance_of(issue: Issue) -> Balance:
    """The balance of ``issue``; a constant number of queries."""
    recent = _recent(issue)
    here, lately = _printed_units(issue, recent)
    rows = _units(here | lately)
    represented = [unit for unit in rows if unit.pk in here]
    areas = {area.pk for unit in represented if (area := _area(unit))}
    prefectures = [unit for unit in rows if unit.kind == UnitKind.PREFECTURE and unit.is_active]
    count = Counter(unit.kind for unit in represented)
    return Balance(
        units=represented,
        kinds=[(kind.label, count[kind]) for kind in UnitKind if kind != UnitKind.PROVINCE_OFFICE],
        areas=[unit for unit in prefectures if unit.pk in areas],
        other_areas=[unit for unit in prefectures if unit.pk not in areas],
        batches=_batches(issue),
        recent=recent,
        unprinted=_unprinted([unit for unit in rows if unit.pk not in here | lately]) if recent else [],
    )


def _recent(issue: Issue) -> list[Issue]:
    """The last issues with a number, the latest first; voided ones do not count."""
    rows = Issue.objects.filter(periodical=issue.periodical_id, number__isnull=False)
    rows = rows.exclude(state=IssueState.VOIDED).exclude(pk=issue.pk)
    return list(rows.select_related("periodical").order_by("-issue_date", "-number", "-pk")[:ISSUES_BACK])


def _printed_units(issue: Issue, recent: list[Issue]) -> tuple[set[int], set[int]]:
    """The units in ``issue``, and those in the ``recent`` ones."""
    credited: Mapping[int, Iterable[int]] = credited_units([issue, *recent])
    own = set(issue.entries.values_list("pk", flat=True))
    bare = [entry for entry, units in credited.items() if not units]
    credited = {**credited, **_named_in_leads(bare)}
    here, lately = set[int](), set[int]()
    for entry, units in credited.items():
        (here if entry in own else lately).update(units)
    return here, lately


def _named_in_leads(entries: list[int]) -> dict[int, tuple[int, ...]]:
    """By entry the units that its lead names, or the first sentence of its text where it has no lead."""
    if not entries:
        return {}
    matcher = UnitMatcher(KnownUnit(unit, names) for unit, names in names_of_units())
    rows = Entry.objects.filter(pk__in=entries).values_list("pk", "lead", "text")
    return {pk: unit_ids(matcher.find(lead or text.partition("。")[0])) for pk, lead, text in rows}


def _units(printed: set[int]) -> list[Unit]:
    """Printed units with those that are expected, and all prefectures; in official order."""
    paired = {unit for pair in partnerships_on().values_list("university", "county") for unit in pair}
    sent = Submission.objects.filter(LEFT_UNIT, unit__kind=UnitKind.COUNTY).order_by().values("unit")
    expected = Q(kind=UnitKind.UNIVERSITY) | Q(kind=UnitKind.COUNTY) & (Q(pk__in=paired) | Q(pk__in=sent))
    wanted = Q(pk__in=printed) | Q(is_active=True) & (expected | Q(kind=UnitKind.PREFECTURE))
    return list(Unit.objects.filter(wanted).select_related("parent__parent__parent").order_by(*official_order()))


def _area(unit: Unit) -> Unit | None:
    """The prefecture in which a unit lies, itself if it is one."""
    node: Unit | None = unit
    while node is not None and node.kind != UnitKind.PREFECTURE:
        node = node.parent
    return node


def _batches(issue: Issue) -> list[tuple[Batch, int]]:
    """Each of the five with the number of reports in ``issue`` whose activities belong to it."""
    inside = Q(placement__entry__issue=issue) | Q(part_of__placement__entry__issue=issue)
    pairs = Submission.objects.filter(inside).order_by().values_list("pk", "activities__batches").distinct()
    count = Counter(batch for _, batch in pairs if batch is not None)
    batches = Batch.objects.filter(programme=issue.periodical.programme_id).order_by("order")
    return [(batch, count[batch.pk]) for batch in batches]


def _unprinted(units: list[Unit]) -> list[Unprinted]:
    """Those expected among ``units``; who has a report waiting comes first."""
    missed = [unit for unit in units if unit.kind in EXPECTED and unit.is_active]
    waiting: dict[int, list[Submission]] = defaultdict(list)
    rows = Submission.objects.filter(
        LEFT_UNIT,
        unit__in=missed,
        state__in=WITH_OFFICE | {SubmissionState.ADOPTED},
        placement__isnull=True,
        part_of__isnull=True,
    )
    for report in rows.only("pk", "title", "state", "unit").order_by("submitted_at", "pk"):
        waiting[report.unit_id].append(report)
    found = [Unprinted(unit, waiting[unit.pk]) for unit in missed]
    return sorted(found, key=lambda one: not one.waiting)
