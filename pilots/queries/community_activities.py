"""Which activities are a community's: read off who took part, so nobody links them by hand.

An activity is a community's where two or more of its schools of that day took part themselves, or where somebody has
said so (an expert's visit to one school). What counts, and for whom, ``ActivityCredit`` has: each event once, whether
one side or both recorded it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, QuerySet, Sum

from pilots.models import Activity, ActivityCredit, ActivityLink, Community, Membership
from portal.periods import Period


def activities_by_community(communities: Collection[int], period: Period) -> dict[int, set[int]]:
    """Ids of activities that began in ``period``, by community. Two queries, however many communities."""
    found: dict[int, set[int]] = defaultdict(set)
    credit = "school__activity_credits"
    together = (
        Membership.objects.filter(
            community__in=communities,
            **{f"{credit}__is_direct": True, f"{credit}__start__range": (period.start, period.end)},
            during__contains=F(f"{credit}__start"),
        )
        .order_by()
        .values_list("community", f"{credit}__activity")
        .annotate(schools=Count("school", distinct=True))
        .filter(schools__gte=2)
    )
    for community, activity, _ in together:
        found[community].add(activity)
    named = ActivityLink.objects.filter(
        content_type=ContentType.objects.get_for_model(Community),
        object_id__in=communities,
        activity__in=ActivityCredit.objects.filter(start__range=(period.start, period.end)).values("activity"),
    )
    for community, activity in named.values_list("object_id", "activity"):
        found[community].add(activity)
    return found


def activities_of(community: Community, period: Period) -> QuerySet[Activity]:
    """A community's activities in a period, the latest first."""
    ids = activities_by_community([community.pk], period).get(community.pk, set())
    return Activity.objects.filter(pk__in=ids).order_by("-start", "-pk")


def community_sessions(
    pks: Collection[int], period: Period, *, kinds: Iterable[int] = (), **_: object
) -> dict[int, int]:
    """How often schools of each community did something of ``kinds`` (of any, if none are given) together."""
    by_community = activities_by_community(pks, period)
    rows = Activity.objects.filter(pk__in=set().union(*by_community.values())).order_by()
    wanted = list(kinds)
    if wanted:
        rows = rows.filter(kind__in=wanted)
    sessions = dict(rows.values_list("pk").annotate(sessions=Sum("sessions")))
    return {pk: sum(sessions.get(one, 0) for one in by_community.get(pk, ())) for pk in pks}
