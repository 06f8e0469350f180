"""Where every list and look-up of the work list starts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from alliances.models import Alliance, Invitation, WorkItem
from alliances.queries.partnership import pairs_of_posts, with_side
from alliances.rules.posts import reads_all
from alliances.states.work_item import OPEN, WorkItemState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import within
from portal.accounts.roles import READER_ROLES, UNIT_ROLES, UnitKind

#: What a filter calls what is open, and what of it is late.
STILL_OPEN, LATE = "open", "late"


def late_items(today: date | None = None) -> Q:
    """Open after its due date."""
    return Q(state__in=OPEN, due__lt=today or timezone.localdate())


def concerning(*units: int) -> Q:
    """On a list of a pair with one of the units, or done by one or by what stands under it."""
    return with_side(*units, through="partnership__") | within(units, "owner")


def work_items_for(user: User) -> QuerySet[WorkItem]:
    """The items that ``user`` may see.

    The office all; others those of the pairs they see, those that their own units or what stands under these own,
    those of meetings that their units called or were invited to, and (whoever works in a unit) those on which the
    whole alliance agreed.
    """
    rows = WorkItem.objects.select_related(
        "partnership__university", "partnership__county", "owner", "created_by", "decision__meeting"
    )
    if reads_all(user):
        return rows
    own = user.units_as(*READER_ROLES)
    seen = pairs_of_posts(user, "partnership__") | Q(owner__in=own) | Q(owner__parent__in=own)
    if user.holds(*UNIT_ROLES):
        seen |= _of_alliance() | _of_meetings(own)
    return rows.filter(seen)


def _of_alliance() -> Q:
    """On no pair's list, and not from the meeting of some county or school among its own."""
    leads = Alliance.objects.filter(lead__isnull=False).values("lead")
    host = "decision__meeting__host"
    called = Q(**{f"{host}__kind": UnitKind.PROVINCE_OFFICE}) | Q(**{f"{host}__in": leads})
    return Q(partnership__isnull=True) & (Q(decision__isnull=True) | called)


def _of_meetings(units: Iterable[Unit]) -> Q:
    invited = Invitation.objects.filter(unit__in=units).values("meeting")
    without_pair = Q(partnership__isnull=True, decision__isnull=False)
    return without_pair & (Q(decision__meeting__host__in=units) | Q(decision__meeting__in=invited))


def awaited_work_items(user: User) -> QuerySet[WorkItem]:
    """What others have to do for him: of his units' pairs, of schools under his units, and what he gave out himself."""
    own = user.units_as(*UNIT_ROLES)
    pair = Q(partnership__university__in=own) | Q(partnership__county__in=own)
    return WorkItem.objects.filter(pair | Q(owner__parent__in=own) | Q(created_by=user), state__in=OPEN)


def late_first(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """What is late on top, then what is open by its due date, then what is over, the latest first."""
    place = Case(When(late_items(), then=0), When(state__in=OPEN, then=1), default=2, output_field=IntegerField())
    over = Case(When(state__in=OPEN, then=Value(None)), default="done_on")
    return rows.annotate(place=place, over=over).order_by("place", "-over", "due", "pk")


def listed_work_items(
    user: User,
    *,
    partnership: int | None = None,
    owner: int | None = None,
    unit: int | None = None,
    state: str = "",
    text: str = "",
) -> QuerySet[WorkItem]:
    """The list, narrowed; ``unit`` leaves what concerns one, ``state`` may also be ``open`` or ``late``."""
    rows = work_items_for(user)
    if unit:
        rows = rows.filter(concerning(unit))
    if partnership:
        rows = rows.filter(partnership=partnership)
    if owner:
        rows = rows.filter(owner=owner)
    if state == STILL_OPEN:
        rows = rows.filter(state__in=OPEN)
    elif state == LATE:
        rows = rows.filter(late_items())
    elif state in WorkItemState.values:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(detail__icontains=text) | Q(owner__name__icontains=text))
    return late_first(rows)
