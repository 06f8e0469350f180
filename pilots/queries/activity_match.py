"""Which records may tell of one event: the same two sides, days that overlap, the same kind or one like it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from alliances.models import Partnership
from pilots.models import Activity, ActivityLink
from pilots.states.activity import COUNTED


def proposals_for(activity: Activity) -> QuerySet[Activity]:
    """Records of others that may tell of the same event, the most alike first by day; a constant number of queries."""
    if activity.state not in COUNTED or activity.start is None or activity.end is None or activity.kind is None:
        return Activity.objects.none()
    rows = Activity.objects.filter(state__in=COUNTED, start__lte=activity.end, end__gte=activity.start)
    rows = rows.exclude(unit=activity.unit_id).filter(_like(activity)).filter(_of_the_same(activity))
    if activity.joined.exists():
        rows = rows.filter(joined__isnull=True)
    return rows.select_related("unit", "kind").prefetch_related("partners").distinct().order_by("start", "pk")


def may_be_one(first: Activity, second: Activity) -> bool:
    """Whether two records may be known as one event."""
    return proposals_for(first).filter(pk=second.pk).exists() or proposals_for(second).filter(pk=first.pk).exists()


def sides_of(activity: Activity) -> set[int]:
    """The units on either side of the event, as all records of it name them."""
    records = [activity, *activity.joined.all()]
    if activity.joined_into is not None:
        records.append(activity.joined_into)
    named = Activity.partners.through.objects.filter(activity__in=records)
    return {record.unit_id for record in records} | set(named.values_list("unit_id", flat=True))


def related_units(activity: Activity) -> set[int]:
    """The sides, and whose records may tell of the same event: their people may know both as one."""
    return sides_of(activity) | set(proposals_for(activity).order_by().values_list("unit", flat=True))


def _like(activity: Activity) -> Q:
    """The same kind, or one of the same family."""
    family = activity.kind.family if activity.kind else ""
    same = Q(kind=activity.kind)
    return same | Q(kind__family=family) if family else same


def _of_the_same(activity: Activity) -> Q:
    """One names the other, both units are paired, or both records serve the same thing (a community, a task)."""
    partners = set(activity.partners.values_list("pk", flat=True))
    return (
        Q(partners=activity.unit_id)
        | Q(unit__in=partners | _paired(activity))
        | Q(pk__in=_linked_alike(activity).values("pk"))
    )


def _paired(activity: Activity) -> set[int]:
    """Units with which the activity's unit is paired on its first day."""
    if activity.start is None:
        return set()
    unit = activity.unit_id
    pairs = Partnership.objects.filter(Q(university=unit) | Q(county=unit), during__contains=activity.start)
    return {pk for pair in pairs.values_list("university", "county") for pk in pair} - {unit}


def _linked_alike(activity: Activity) -> QuerySet[Activity]:
    """Other records that are linked with something this one is linked with."""
    mine = ActivityLink.objects.filter(activity=activity)
    same = Q(pk__in=())
    for content_type, pk in mine.values_list("content_type", "object_id"):
        same |= Q(content_type=content_type, object_id=pk)
    return Activity.objects.filter(pk__in=ActivityLink.objects.filter(same).values("activity")).exclude(pk=activity.pk)
