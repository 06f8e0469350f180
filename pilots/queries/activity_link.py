"""What activities are linked with, from both ends."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet

from pilots.linking import Linkable, linkable, linkables
from pilots.models import Activity, ActivityLink
from pilots.states.activity import COUNTED
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link as one person sees it: ``url`` is empty where the page is not his to open."""

    link: ActivityLink
    label: str
    name: str
    url: str


def activities_of(target: models.Model) -> QuerySet[Activity]:
    """What counts of the activities linked with ``target``, the latest first."""
    links = ActivityLink.objects.filter(content_type=ContentType.objects.get_for_model(target), object_id=target.pk)
    return Activity.objects.filter(state__in=COUNTED, pk__in=links.values("activity")).order_by("-start", "-pk")


def links_of(activity: Activity, user: User) -> list[ShownLink]:
    """What ``activity`` is linked with; two queries for each kind of thing linked."""
    links = list(ActivityLink.objects.filter(activity=activity).prefetch_related("target"))
    visible = {one.model: _visible(one, links, user) for one in linkables()}
    shown = []
    for link in links:
        target: models.Model | None = link.target
        guard = linkable(type(target)) if target is not None else None
        if target is None or guard is None:
            continue
        url = guard.address(target) if target.pk in visible[guard.model] else ""
        shown.append(ShownLink(link, guard.label, str(target), url))
    return shown


def choices_for(user: User, activity: Activity) -> list[tuple[Linkable, list[models.Model]]]:
    """What ``user`` may link ``activity`` with, by noun, without what it is linked with already.

    That is what the units taking part have to do with, or the county or university that a school among them belongs
    to: the office sees the whole province.
    """
    parts = Unit.objects.filter(Q(pk=activity.unit_id) | Q(pk__in=activity.partners.values("pk")))
    units = set()
    for pk, kind, parent in parts.values_list("pk", "kind", "parent"):
        units |= {pk, parent} if kind == UnitKind.SCHOOL and parent else {pk}
    present = {(link.content_type_id, link.object_id) for link in ActivityLink.objects.filter(activity=activity)}
    found = []
    for one in linkables():
        noun = ContentType.objects.get_for_model(one.model).pk
        theirs = one.visible(user).filter(one.concerning(*units))
        rows = [row for row in theirs[:MOST_CHOICES] if (noun, row.pk) not in present]
        if rows:
            found.append((one, rows))
    return found


#: A list to choose from that is longer is of no use on a phone.
MOST_CHOICES = 200


def _visible(one: Linkable, links: list[ActivityLink], user: User) -> set[int]:
    wanted = [link.object_id for link in links if isinstance(link.target, one.model)]
    return set(one.visible(user).filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
