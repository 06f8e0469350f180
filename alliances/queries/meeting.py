"""Where every list and look-up of meetings starts, the calendar's month, and whose address a feed is."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from alliances.models import CalendarFeed, Invitation, JointMeeting, Partnership
from alliances.queries.partnership import pairs_of_posts
from alliances.rules.posts import reads_all
from alliances.states.meeting import STANDING_MEETING, MeetingState
from portal.accounts.models import User
from portal.accounts.queries.unit import official_order
from portal.accounts.roles import READER_ROLES, UNIT_ROLES

#: A phone's calendar is read some time back, not for ever.
FEED_REACHES_BACK = timedelta(days=366)


def meetings_for(user: User) -> QuerySet[JointMeeting]:
    """The meetings that ``user`` may see: the office all; others those of their units, as host, invited or pair."""
    rows = JointMeeting.objects.select_related("host", "partnership__university", "partnership__county", "body")
    if reads_all(user):
        return rows
    mine = [unit.pk for unit in user.units_as(*READER_ROLES)]
    invited = Invitation.objects.filter(unit__in=mine).values("meeting")
    return rows.filter(Q(host__in=mine) | Q(pk__in=invited) | pairs_of_posts(user, "partnership__"))


def minutes_awaited(user: User) -> QuerySet[JointMeeting]:
    """Meetings that were held and whose minutes his units, which were invited, have not got yet."""
    invited = Invitation.objects.filter(unit__in=user.units_as(*UNIT_ROLES)).values("meeting")
    return JointMeeting.objects.filter(state=MeetingState.HELD, pk__in=invited)


def listed_meetings(user: User, *, kind: str = "", state: str = "", text: str = "") -> QuerySet[JointMeeting]:
    """The list, narrowed; the latest first."""
    rows = meetings_for(user)
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state=state)
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(place__icontains=text) | Q(host__name__icontains=text))
    return rows.order_by("-start", "-pk")


def with_papers(rows: QuerySet[JointMeeting]) -> QuerySet[JointMeeting]:
    """Meetings with all that a page or an export shows of them; a constant number of queries."""
    invited = Invitation.objects.select_related("unit").order_by(*official_order("unit__"))
    return rows.prefetch_related(
        Prefetch("invitations", queryset=invited), "agenda", "decisions__owner", "decisions__work_item"
    )


def meetings_of_pair(pair: Partnership, user: User, *, most: int = 3) -> list[JointMeeting]:
    """The next meetings of a pair, or the last ones where none is planned, for its page; at most two queries."""
    rows = meetings_for(user).filter(partnership=pair, state__in=STANDING_MEETING)
    coming = list(rows.filter(end__gte=timezone.localdate()).order_by("start", "pk")[:most])
    return coming or list(rows.order_by("-start", "-pk")[:1])


@dataclass(frozen=True, slots=True)
class Day:
    """A square of the calendar."""

    day: date
    is_in_month: bool
    is_today: bool
    meetings: list[JointMeeting]


def month_of(rows: QuerySet[JointMeeting], first: date) -> list[list[Day]]:
    """The weeks, Monday first, of the month that begins on ``first``; one query."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    today, start, end = timezone.localdate(), weeks[0][0], weeks[-1][-1]
    held = rows.filter(state__in=STANDING_MEETING, start__lte=end, end__gte=start).order_by("start", "begins_at", "pk")
    found = list(held)
    return [
        [
            Day(day, day.month == first.month, day == today, [row for row in found if row.start <= day <= row.end])
            for day in week
        ]
        for week in weeks
    ]


def meetings_of_feed(user: User) -> QuerySet[JointMeeting]:
    """What a person's phone shows: all he may see, cancelled ones too, so that they vanish there as well."""
    return meetings_for(user).filter(end__gte=timezone.localdate() - FEED_REACHES_BACK).order_by("start", "pk")


def feed_of(user: User) -> CalendarFeed | None:
    """The person's own address, if one was made."""
    return CalendarFeed.objects.filter(user=user).first()


def owner_of_feed(token_hash: str) -> User | None:
    """Whose address this is; None for one that was revoked, or whose owner may not sign in any more."""
    found = CalendarFeed.objects.filter(token_hash=token_hash, user__is_active=True).select_related("user").first()
    return found.user if found else None
