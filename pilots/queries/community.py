"""Where every list and look-up of communities starts: who sees which, and who is in them today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from alliances.queries.partnership import partnerships_on
from alliances.rules.posts import reads_all
from pilots.models import Community, CommunityKind, CommunityPlan, CommunityPolicy, Membership
from pilots.queries.reach import sharing_units
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import within
from portal.accounts.roles import UnitKind

MOST_OFFERED = 300


def communities_for(user: User) -> QuerySet[Community]:
    """What ``user`` may see: the office all; a unit's people and a partner's contact those that their unit, or a
    unit under it, founded or is or was in; a university also those of the counties it is paired with today."""
    if reads_all(user):
        return Community.objects.all()
    own = sharing_units(user)
    universities = [unit for unit in own if unit.kind == UnitKind.UNIVERSITY]
    paired = partnerships_on().filter(university__in=universities).values_list("county", flat=True)
    seen = [*(unit.pk for unit in own), *(paired if universities else ())]
    if not seen:
        return Community.objects.none()
    return Community.objects.filter(touching(*seen))


def listed_communities(
    user: User, *, kind: int | None = None, area: int | None = None, state: str = "", text: str = ""
) -> QuerySet[Community]:
    """The list with today's schools in ``schools_now``; empty arguments narrow nothing; ``state``: ``now``, ``ended``.

    ``area`` is any unit: what it or a unit under it founded or is in. ``text`` is part of the name or of a school's.
    """
    rows, today = communities_for(user), timezone.localdate()
    if kind:
        rows = rows.filter(kind=kind)
    if area:
        rows = rows.filter(touching(area))
    if state == "now":
        rows = rows.filter(Q(during__endswith__gt=today) | Q(during__upper_inf=True))
    elif state == "ended":
        rows = rows.filter(during__endswith__lte=today)
    if text := text.strip():
        named = Membership.objects.filter(Q(school__name__icontains=text) | Q(school__short_name__icontains=text))
        rows = rows.filter(Q(name__icontains=text) | Q(pk__in=named.values("community")))
    return with_schools(rows)


def with_schools(rows: QuerySet[Community], day: date | None = None) -> QuerySet[Community]:
    """Communities with kind and area, and the memberships of ``day`` (today) in ``schools_now``, the lead first."""
    held = members_on(day).select_related("school__parent")
    return rows.select_related("kind", "area__parent").prefetch_related(
        Prefetch("memberships", queryset=held, to_attr="schools_now")
    )


def members_on(day: date | None = None) -> QuerySet[Membership]:
    """Memberships that hold on ``day`` (today), the lead before the members."""
    rows = Membership.objects.filter(during__contains=day or timezone.localdate())
    return rows.order_by("role", "school__official_order", "school__name", "pk")


def lead_and_members(one: Community) -> tuple[Unit | None, list[Unit]]:
    """The schools of a community of :func:`with_schools`."""
    rows: list[Membership] = one.schools_now  # type: ignore[attr-defined]
    lead = next((row.school for row in rows if row.role == Membership.Role.LEAD), None)
    return lead, [row.school for row in rows if row.role == Membership.Role.MEMBER]


def membership_history(community: Community) -> QuerySet[Membership]:
    """All memberships there ever were, the latest first."""
    return community.memberships.select_related("school__parent").order_by("-during", "role", "pk")


def communities_of(school: Unit, day: date | None = None) -> QuerySet[Membership]:
    """In which communities ``school`` is on ``day`` (today)."""
    return members_on(day).filter(school=school).select_related("community__kind", "community__area__parent")


def plans_for(user: User) -> QuerySet[CommunityPlan]:
    """Plans of the communities that ``user`` may see."""
    return CommunityPlan.objects.filter(community__in=communities_for(user).order_by().values("pk"))


def community_kinds() -> QuerySet[CommunityKind]:
    """Kinds in use, in order."""
    return CommunityKind.objects.filter(is_active=True)


def policy_of(community: Community) -> CommunityPolicy | None:
    """The policy of its area for its kind, else that of the unit above (a county takes its prefecture's)."""
    return _nearest(community, _policies([community]))


def policies_of(communities: QuerySet[Community], areas: Iterable[Unit]) -> QuerySet[CommunityPolicy]:
    """Policies of the areas of ``communities`` and above these, and of ``areas``."""
    of_communities = communities.order_by().values("area")
    rows = CommunityPolicy.objects.select_related("area", "kind").prefetch_related("offices__duty")
    return (
        rows.filter(
            Q(area__in=of_communities) | Q(area__children__in=of_communities) | Q(area__in=[area.pk for area in areas])
        )
        .distinct()
        .order_by("area__official_order", "area__name", "kind__order")
    )


def labels_of(communities: Iterable[Community]) -> dict[int, str]:
    """What each community's area calls it (城乡发展共同体 in S2), else the name of its kind. One query."""
    communities = list(communities)
    found = _policies(communities)
    return {one.pk: policy.label if (policy := _nearest(one, found)) else one.kind.name for one in communities}


def possible_areas(user: User) -> list[Unit]:
    """Areas in which ``user`` may found communities: the office all, a bureau its own and the counties under it."""
    rows = Unit.objects.filter(is_active=True).exclude(kind__in=(UnitKind.SCHOOL, UnitKind.UNIVERSITY))
    if not user.has_perm("pilots.found_any_community"):
        own = [unit.pk for unit in sharing_units(user)]
        rows = rows.filter(Q(pk__in=own) | Q(kind=UnitKind.COUNTY, parent__in=own))
    return [unit for unit in rows.select_related("parent") if user.has_perm("pilots.found_community", unit)]


def schools_offered(areas: Iterable[Unit]) -> QuerySet[Unit]:
    """Schools in use under ``areas``, to be picked from a list while typing; no more than a browser bears."""
    ids = [area.pk for area in areas]
    rows = Unit.objects.filter(Q(parent__in=ids) | Q(parent__parent__in=ids), is_active=True, kind=UnitKind.SCHOOL)
    return rows.order_by("official_order", "name", "pk")[:MOST_OFFERED]


def touching(*ids: int) -> Q:
    """Communities founded by one of the units or under it, or with a school that is one or stands under one."""
    ever = Membership.objects.filter(within(ids, "school")).order_by()
    return within(ids, "area") | Q(pk__in=ever.values("community"))


def _policies(communities: Iterable[Community]) -> dict[tuple[int, int], CommunityPolicy]:
    areas = {area for one in communities for area in (one.area_id, one.area.parent_id) if area}
    return {(row.area_id, row.kind_id): row for row in CommunityPolicy.objects.filter(area__in=areas)}


def _nearest(community: Community, found: dict[tuple[int, int], CommunityPolicy]) -> CommunityPolicy | None:
    for area in (community.area_id, community.area.parent_id):
        if area and (policy := found.get((area, community.kind_id))):
            return policy
    return None
