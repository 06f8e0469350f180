"""Communities (共同体) among what can be found: by their schools, past ones too, and their plans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.urls import reverse

from pilots.models import Community, CommunityPlan, Membership
from pilots.queries.community import communities_for
from portal.accounts.models import User
from portal.search.registry import Described, Filters, Indexed, Share, Source, register_source
from portal.text.official import official_date


def index_communities(ids: Sequence[int]) -> Iterable[Indexed]:
    rows = Community.objects.filter(pk__in=ids).select_related("kind", "area")
    for community in rows.prefetch_related("memberships__school", "plans"):
        schools = dict.fromkeys(membership.school.name for membership in community.memberships.all())
        plans = (plan.text for plan in community.plans.all() if plan.text)
        text = "\n".join((community.kind.name, community.area.name, "、".join(schools), *plans))
        yield Indexed(community.pk, community.name, text, community.during.lower, unit_id=community.area_id)


def communities_share(user: User, filters: Filters) -> list[Share]:
    """States and sections are of reports and issues, batches of activities: who asks for one asks for no community.

    A community is of the unit that founded it and of every school that is or was in it.
    """
    if any(filters.get(name) for name in ("state", "section", "batch")):
        return []
    rows = communities_for(user)
    if unit := filters.get("unit"):
        held = Membership.objects.filter(school=int(unit)).order_by()
        rows = rows.filter(Q(area=int(unit)) | Q(pk__in=held.values("community")))
    return [Share(rows)]


def describe_communities(user: User, ids: Sequence[int]) -> dict[int, Described]:
    return {
        community.pk: Described(
            reverse("community", args=[community.pk]),
            (community.area.label, community.kind.name, f"{official_date(community.during.lower)}建立"),
        )
        for community in Community.objects.filter(pk__in=ids).select_related("area", "kind")
    }


register_source(
    Source(
        name="community",
        label="共同体",
        order=55,
        model=Community,
        watches=((Community, "id"), (Membership, "community"), (CommunityPlan, "community")),
        index=index_communities,
        shares=communities_share,
        describe=describe_communities,
    )
)
