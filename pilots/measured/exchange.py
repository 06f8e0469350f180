"""Teachers whom a lead sends to its members, and how many it has (S2 三（二）: at the ratio set by policy)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from pilots.measured.community import COMMUNITY
from pilots.models import CommunityRecord, Membership, SchoolProfile
from portal.measures import Measure, Number, add_measure
from portal.periods import Period, school_year_of, standing_day


def sent(pks: Collection[int], period: Period) -> QuerySet[CommunityRecord]:
    """Terms of service that ran in the period, with a school that led its community when they began."""
    rows = CommunityRecord.objects.filter(community__in=list(pks), kind__is_exchange=True, start__lte=period.end)
    led = Membership.objects.filter(
        role=Membership.Role.LEAD,
        community=OuterRef("community"),
        school=OuterRef("giver"),
        during__contains=OuterRef("start"),
    )
    return rows.filter(Q(end__isnull=True) | Q(end__gte=period.start)).filter(Exists(led))


def count_sent(pks: Collection[int], period: Period, **_: Any) -> Mapping[int, Number]:
    rows = sent(pks, period).order_by().values_list("community")
    return dict(rows.annotate(people=Sum("number")))


def rows_sent(pk: int, period: Period, **_: Any) -> QuerySet[CommunityRecord]:
    return sent([pk], period)


def _leads(pks: Collection[int], period: Period) -> dict[int, int]:
    """By community the school that leads it as the period leaves things."""
    day = standing_day(period, timezone.localdate())
    rows = Membership.objects.filter(role=Membership.Role.LEAD, community__in=list(pks), during__contains=day)
    return dict(rows.values_list("community", "school"))


def _profiles(period: Period) -> QuerySet[SchoolProfile]:
    return SchoolProfile.objects.filter(school_year=school_year_of(standing_day(period, timezone.localdate())).key)


def count_lead_teachers(pks: Collection[int], period: Period, **_: Any) -> Mapping[int, Number]:
    leads = _leads(pks, period)
    teachers = dict(_profiles(period).filter(school__in=leads.values()).values_list("school", "teachers"))
    return {community: teachers[school] for community, school in leads.items() if school in teachers}


def rows_lead_teachers(pk: int, period: Period, **_: Any) -> QuerySet[SchoolProfile]:
    return _profiles(period).filter(school__in=_leads([pk], period).values())


def address(pk: int, period: Period, **_: Any) -> str:
    """The list of who was sent, with the lead's number of teachers on top."""
    return f"{reverse('community-sent', args=[pk])}?period={period.key}"


add_measure(Measure("community_sent", "牵头校选派的干部教师", "人", count_sent, rows_sent, address, of=COMMUNITY))
add_measure(
    Measure(
        "community_lead_teachers",
        "牵头校专任教师",
        "人",
        count_lead_teachers,
        rows_lead_teachers,
        address,
        of=COMMUNITY,
    )
)
