"""Where every list and look-up of pairs starts."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from alliances.models import Partnership
from alliances.rules.posts import reads_all
from alliances.states.term import Standing, not_over, standing_filter
from portal.accounts.models import Unit, User
from portal.accounts.roles import READER_ROLES, UnitKind


def partnerships_on(day: date | None = None) -> QuerySet[Partnership]:
    """Pairs whose term holds ``day`` (today if not given), with both units."""
    return Partnership.objects.filter(during__contains=day or timezone.localdate()).select_related(
        "university", "county__parent"
    )


def partnerships_for(user: User) -> QuerySet[Partnership]:
    """The pairs, present and past, whose page ``user`` may open.

    The office all; others those of their own unit: as either side, as a school under a side, or as the prefecture
    above the county.
    """
    rows = Partnership.objects.select_related("university", "county__parent")
    return rows if reads_all(user) else rows.filter(pairs_of_posts(user))


def pairs_of_posts(user: User, through: str = "") -> Q:
    """What narrows to the pairs of the user's own units; ``through`` leads to the pair (``partnership__``)."""
    own = user.units_as(*READER_ROLES)
    sides = {unit.pk for unit in own} | {unit.parent_id for unit in own if unit.kind == UnitKind.SCHOOL}
    areas = [unit.pk for unit in own if unit.kind == UnitKind.PREFECTURE]
    either = Q(**{f"{through}university__in": sides}) | Q(**{f"{through}county__in": sides})
    return either | Q(**{f"{through}county__parent__in": areas})


def with_side(*units: int, through: str = "") -> Q:
    """The pairs of which one of the units is a side; ``through`` leads to the pair (``partnership__``)."""
    return Q(**{f"{through}university__in": units}) | Q(**{f"{through}county__in": units})


def pairs_of(unit: Unit) -> QuerySet[Partnership]:
    """The pairs of one unit on either side, past ones too, the latest first."""
    rows = Partnership.objects.filter(Q(university=unit) | Q(county=unit))
    return rows.select_related("university", "county").order_by("-during", "pk")


def listed_partnerships(
    user: User, *, prefecture: int | None = None, university: int | None = None, standing: str = "", text: str = ""
) -> QuerySet[Partnership]:
    """The list, narrowed: by default the pairs whose term is not over, in official order."""
    rows = partnerships_for(user)
    if prefecture:
        rows = rows.filter(Q(county=prefecture) | Q(county__parent=prefecture))
    if university:
        rows = rows.filter(university=university)
    if text:
        named = Q(university__name__icontains=text) | Q(county__name__icontains=text)
        rows = rows.filter(named | Q(university__short_name__icontains=text) | Q(county__short_name__icontains=text))
    if standing:
        return rows.filter(standing_filter(Standing(standing)))
    return rows.filter(not_over())
