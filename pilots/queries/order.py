"""Which activities can be what a need became."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from alliances.models import Need
from alliances.queries.need import needs_for
from pilots.models import Activity, ActivityKind
from pilots.queries.activity import activity_kinds
from pilots.states.activity import COUNTED
from portal.accounts.models import User
from portal.accounts.roles import UnitKind


def sides_of(need: Need) -> list[int]:
    """The units that may have recorded how a need was met: who asked, the county above, and the taker."""
    parent = need.unit.parent
    county = parent.pk if parent and parent.kind == UnitKind.COUNTY else None
    return [pk for pk in (need.unit_id, county, need.taker_id) if pk]


def activities_for_need(need: Need) -> QuerySet[Activity]:
    """What either side has recorded since the need was put, the latest first."""
    sides = sides_of(need)
    since, today = timezone.localtime(need.created_at).date(), timezone.localdate()
    rows = Activity.objects.filter(state__in=COUNTED, unit__in=sides, start__range=(since, today))
    return rows.filter(~Q(need_links__need=need)).select_related("kind", "unit").order_by("-start", "-pk")


def needs_met_by(activity: Activity, user: User) -> QuerySet[Need]:
    """The needs that ``activity`` met, as far as ``user`` may see them."""
    return needs_for(user).filter(activity_links__activity=activity).order_by("created_at", "pk")


def likely_kind(need: Need) -> ActivityKind | None:
    """The kind of activity whose name or words are what was ordered."""
    wanted = need.kind.name
    return next((kind for kind in activity_kinds() if wanted in (kind.name, *kind.words.split())), None)
