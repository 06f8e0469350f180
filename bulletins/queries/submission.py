"""Where every list and look-up of reports starts, for pages and API alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import BooleanField, OuterRef, Q, QuerySet, Subquery, Value

from bulletins.models import Issue, Section, Submission
from bulletins.queries.issue import section_by_kind, the_periodical
from bulletins.rules import DESK_ROLES, UNIT_ROLES
from bulletins.states import AT_OFFICE, COLLECTING_TRANSITIONS, HAS_LEFT_UNIT, SubmissionState
from portal.accounts.models import User
from portal.accounts.roles import UnitKind
from portal.audit.models import Entry, history
from portal.search.finding import matching
from portal.text.wanted import read_query

#: What has left its unit for the office. What a unit's own approver sent back has the state of a returned report,
#: but never left the unit; what lies at a collecting unit the office does not see.
LEFT_UNIT = Q(state__in=AT_OFFICE, submitted_at__isnull=False, at__kind=UnitKind.PROVINCE_OFFICE)
#: The office reads what was joined into a report that it has. Asked of each part by itself: a join, or EXISTS, would
#: have the database read all reports of the office first.
JOINED_FOR_OFFICE = Q(
    Subquery(
        Submission.objects.filter(LEFT_UNIT, pk=OuterRef("part_of")).order_by().values(has_left=Value(True))[:1],
        output_field=BooleanField(),
    )
)


def submissions_for(user: User) -> QuerySet[Submission]:
    """The reports that ``user`` may see.

    His units' own in all states, what these units collect, have written for a school or, as a prefecture, have
    below them; at the desk what has left a unit for the office, with what was joined into it.
    """
    units = user.units_as(*UNIT_ROLES)
    ids = [unit.pk for unit in units]
    visible = Q(unit__in=ids) | Q(at__in=ids) | Q(written_by__in=ids)
    if prefectures := [unit.pk for unit in units if unit.kind == UnitKind.PREFECTURE]:
        visible |= of_counties(prefectures)
    if user.holds(*DESK_ROLES):
        visible |= LEFT_UNIT | JOINED_FOR_OFFICE
    return Submission.objects.filter(visible).select_related("unit__parent", "author", "at", "part_of__unit")


def of_counties(prefectures: Iterable[int]) -> Q:
    """What the counties of these prefectures have sent up (DOMAIN.md, Reviews: the prefecture sees its counties)."""
    return Q(
        unit__kind=UnitKind.COUNTY,
        unit__parent__in=list(prefectures),
        state__in=HAS_LEFT_UNIT,
        submitted_at__isnull=False,
        at__isnull=False,
    )


def own_submissions(user: User) -> QuerySet[Submission]:
    """The reports of the units that ``user`` reports, approves or works for, and what these wrote for others."""
    units = [unit.pk for unit in user.units_as(*UNIT_ROLES)]
    own = Q(unit__in=units) | Q(written_by__in=units)
    return submissions_for(user).filter(own).order_by("-updated_at", "-pk")


def received_submissions(user: User) -> QuerySet[Submission]:
    """What has come in to the desk (来稿处理), the latest first."""
    return submissions_for(user).filter(LEFT_UNIT).order_by("-submitted_at", "-pk")


def filter_submissions(
    rows: QuerySet[Submission],
    *,
    state: str = "",
    unit_kind: str = "",
    unit: int | None = None,
    since: date | None = None,
    until: date | None = None,
    text: str = "",
) -> QuerySet[Submission]:
    """Narrow a list; days count in the portal's time zone, both included. Empty arguments narrow nothing.

    ``text`` is words of the unit's own text or of its name, looked for as on the page 查找.
    """
    if state:
        rows = rows.filter(state=state)
    if unit_kind:
        rows = rows.filter(unit__kind=unit_kind)
    if unit:
        rows = rows.filter(unit=unit)
    if since:
        rows = rows.filter(submitted_at__date__gte=since)
    if until:
        rows = rows.filter(submitted_at__date__lte=until)
    if text:
        rows = rows.filter(pk__in=matching("report", read_query(text)))
    return rows


def unplaced_submissions(issue: Issue) -> QuerySet[Submission]:
    """Adopted reports that stand in no entry yet and came in before the collection window of ``issue`` closed."""
    return (
        Submission.objects.filter(
            state=SubmissionState.ADOPTED,
            placement__isnull=True,
            part_of__isnull=True,
            submitted_at__date__lte=issue.window_end,
        )
        .select_related("unit__parent")
        .order_by("unit__kind", "unit__official_order", "unit__name", "submitted_at", "pk")
    )


#: Steps of a report that its unit is told of; how the office works on it is the office's own.
TOLD_TO_UNIT = (
    "create",
    "write_for",
    "hand_in",
    "take_back",
    "hand_back",
    "send_to_approver",
    "submit",
    "submit_on_paper",
    "approve",
    "send_back",
    "withdraw",
    "adopt",
    "return",
    "decline",
    "undo",
    "ask_unit",
    "answer_question",
    "mark_printed",
    *(row.name for row in COLLECTING_TRANSITIONS),
)


def unit_history(submission: Submission) -> QuerySet[Entry]:
    """Who did what and why, newest first, as far as it concerns the unit."""
    label = submission._meta.label_lower
    return history(submission).filter(action__in=[f"{label}.{name}" for name in TOLD_TO_UNIT])


def section_of(submission: Submission) -> Section | None:
    """The section in which a report of this kind of unit is printed (data of the periodical)."""
    return section_by_kind(the_periodical().sections.all()).get(submission.unit.kind)
