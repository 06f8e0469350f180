"""Where every list and look-up of needs starts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, F, Max, Q, QuerySet

from alliances.models import Need, NeedKind, Partnership
from alliances.queries.partnership import partnerships_on
from alliances.rules.need import universities_of
from alliances.rules.posts import reads_all
from alliances.states.need import OPEN_NEED, NeedState
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import units, within
from portal.accounts.roles import READER_ROLES, UNIT_ROLES, UnitKind

#: What a filter calls everything that still waits for somebody.
STILL_OPEN = "open"


def needs_for(user: User) -> QuerySet[Need]:
    """The needs that ``user`` may see.

    The office all; a unit its own, those of what stands under it today, those of its pair, those it has taken,
    and a university those open to the alliance.
    """
    rows = Need.objects.select_related(
        "unit__parent", "kind", "taker", "partnership__university", "partnership__county", "created_by"
    )
    if reads_all(user):
        return rows
    mine = [unit.pk for unit in user.units_as(*READER_ROLES)]
    paired = Q(partnership__university__in=mine) | Q(partnership__county__in=mine) | Q(taker__in=mine)
    seen = within(mine) | paired
    if universities_of(user):
        seen |= Q(is_open=True)
    return rows.filter(seen)


def ordered_needs(user: User) -> QuerySet[Need]:
    """What the units of ``user`` have ordered, whoever deals with it now."""
    return Need.objects.filter(unit__in=user.units_as(*UNIT_ROLES))


def listed_needs(
    user: User, *, state: str = "", kind: int | None = None, stage: str = "", urgency: str = "", text: str = ""
) -> QuerySet[Need]:
    """The list, narrowed: the most urgent of what is open first, then what is over, the latest first."""
    rows = needs_for(user)
    if state:
        rows = rows.filter(state__in=OPEN_NEED) if state == STILL_OPEN else rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if stage:
        rows = rows.filter(stage=stage)
    if urgency:
        rows = rows.filter(urgency=urgency)
    if text:
        called = Q(unit__name__icontains=text) | Q(unit__short_name__icontains=text) | Q(taker__name__icontains=text)
        rows = rows.filter(called | Q(what__icontains=text) | Q(details__icontains=text) | Q(subject__icontains=text))
    is_over = ~Q(state__in=OPEN_NEED)
    return rows.annotate(is_over=is_over).order_by(
        "is_over", "-urgency", F("wanted_by").asc(nulls_last=True), "-created_at", "-pk"
    )


def needs_of_pair(pair: Partnership, user: User, *, most: int = 5) -> list[Need]:
    """What is open between a pair and then what was done last, for its page; one query."""
    rows = needs_for(user).filter(partnership=pair).exclude(state=NeedState.WITHDRAWN)
    rows = rows.annotate(is_over=~Q(state__in=OPEN_NEED))
    return list(rows.order_by("is_over", "-urgency", F("wanted_by").asc(nulls_last=True), "-created_at")[:most])


def kinds_of_need(need: Need | None = None) -> QuerySet[NeedKind]:
    """Kinds in use, in the office's order; with that of ``need``, which it keeps when it is out of use."""
    return NeedKind.objects.filter(Q(is_active=True) | Q(pk=need.kind_id if need else None))


def all_kinds_of_need() -> QuerySet[NeedKind]:
    """Every kind in order, with how often it was ordered in ``ordered``."""
    return NeedKind.objects.annotate(ordered=Count("needs"))


def next_place() -> int:
    """A place after the last kind."""
    return (NeedKind.objects.aggregate(last=Max("order"))["last"] or 0) + 1


def pairs_of_units(asking: Iterable[Unit]) -> QuerySet[Partnership]:
    """The pairs of today to which needs of these units can be addressed: a school's are those of its county."""
    areas = {pk for unit in asking for pk in (unit.pk, unit.parent_id) if pk}
    return partnerships_on().filter(county__in=areas)


def addressees(need: Need) -> list[Unit]:
    """The universities that may take a need."""
    if need.is_open or need.partnership is None:
        return list(units().filter(kind=UnitKind.UNIVERSITY))
    return [need.partnership.university]
