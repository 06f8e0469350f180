"""Look-ups of the desk (来稿处理): what came in, from whom, and what lies beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from bulletins.models import Bulk, EntrySource, HeldDecision, Submission
from bulletins.queries.submission import LEFT_UNIT, filter_submissions, received_submissions
from bulletins.queries.twin import with_twins
from bulletins.states import WITH_OFFICE
from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import Role
from portal.audit.models import Entry as AuditEntry

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
    assigned: str = "",
) -> QuerySet[Submission]:
    """The desk's list, the latest first; without a state only what is undecided.

    ``assigned`` is ``me``, ``nobody`` or empty.
    """
    rows = received_submissions(user)
    if assigned:
        rows = rows.filter(assigned_to=user if assigned == "me" else None)
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


def listed(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """With what a line of the list tells besides: who edits it, what decision is held, whether it is told twice."""
    return with_twins(rows.select_related("assigned_to", "held_decision"))


def editors() -> QuerySet[User]:
    """Who can be given a report to edit."""
    posts = posts_on().filter(role=Role.EDITOR)
    return User.objects.filter(is_active=True, pk__in=posts.values("user")).order_by("name", "pk")


def held_of(submission: Submission) -> HeldDecision | None:
    """The decision that is held for a report."""
    return HeldDecision.objects.select_related("by").filter(submission=submission).first()


def held_for(user: User) -> QuerySet[HeldDecision]:
    """All held decisions, the oldest first; the desk's own, so nothing for anybody else."""
    if not user.has_perm("bulletins.view_desk"):
        return HeldDecision.objects.none()
    return HeldDecision.objects.filter(submission__in=received_submissions(user)).select_related(
        "submission__unit", "by"
    )


def bulks_for(user: User) -> QuerySet[Bulk]:
    """Bulk acts that were done at the desk."""
    rows = Bulk.objects.select_related("by")
    return rows if user.has_perm("bulletins.view_desk") else rows.none()


def last_return(records: Iterable[AuditEntry]) -> AuditEntry | None:
    """The office's latest return of a report among its ``records`` (newest first) that was not undone at once."""
    undone = 0
    for row in records:
        name = row.action.rpartition(".")[2]
        if name == "undo" and row.data.get("undone") == "return":
            undone += 1
        elif name == "return" and undone:
            undone -= 1
        elif name == "return":
            return row
    return None
