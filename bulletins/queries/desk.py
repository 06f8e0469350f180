"""Look-ups of the desk (来稿处理): what came in, from whom, and what lies beside it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from bulletins.models import EntrySource, Submission
from bulletins.queries.submission import LEFT_UNIT, filter_submissions, received_submissions
from bulletins.states import WITH_OFFICE
from portal.accounts.models import Unit, User

#: The states filter beside single states: what is still to be decided, and everything.
UNDECIDED, EVERYTHING = "", "all"


def desk_submissions(
    user: User,
    *,
    state: str = UNDECIDED,
    unit_kind: str = "",
    unit: int | None = None,
    since: date | None = None,
    until: date | None = None,
    text: str = "",
) -> QuerySet[Submission]:
    """The desk's list, the latest first; without a state only what is undecided."""
    rows = received_submissions(user)
    if state == UNDECIDED:
        rows = rows.filter(state__in=WITH_OFFICE)
    single = "" if state in (UNDECIDED, EVERYTHING) else state
    return filter_submissions(rows, state=single, unit_kind=unit_kind, unit=unit, since=since, until=until, text=text)


def sending_units() -> QuerySet[Unit]:
    """Units that have ever sent something in, in official order."""
    return Unit.objects.filter(pk__in=Submission.objects.filter(LEFT_UNIT).values("unit"))


def neighbours(rows: QuerySet[Submission], submission: Submission) -> tuple[Submission | None, Submission | None]:
    """The reports before and after ``submission`` in the desk's order, be it in ``rows`` itself or not."""
    at, pk = submission.submitted_at, submission.pk
    newer = rows.filter(Q(submitted_at__gt=at) | Q(submitted_at=at, pk__gt=pk))
    older = rows.filter(Q(submitted_at__lt=at) | Q(submitted_at=at, pk__lt=pk))
    return newer.order_by("submitted_at", "pk").first(), older.order_by("-submitted_at", "-pk").first()


def placement_of(submission: Submission) -> EntrySource | None:
    """Where a report stands in an issue."""
    places = EntrySource.objects.select_related("entry__section", "entry__issue__periodical")
    return places.filter(submission=submission).first()
