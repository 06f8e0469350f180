"""Meetings (会议) among what can be found: by their place, agenda, minutes and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.urls import reverse

from alliances.models import AgendaItem, Decision, Invitation, JointMeeting
from alliances.queries.meeting import meetings_for
from portal.accounts.models import User
from portal.search.registry import Described, Filters, Indexed, Share, Source, register_source
from portal.text.official import official_date


def index_meetings(ids: Sequence[int]) -> Iterable[Indexed]:
    rows = JointMeeting.objects.filter(pk__in=ids).select_related("host")
    for meeting in rows.prefetch_related("agenda", "decisions"):
        said = (point.text for point in meeting.agenda.all())
        decided = (decision.text for decision in meeting.decisions.all())
        lines = (meeting.get_kind_display(), meeting.host.name, meeting.place, *said, meeting.minutes, *decided)
        text = "\n".join(line for line in lines if line)
        yield Indexed(meeting.pk, meeting.title, text, meeting.start, unit_id=meeting.host_id)


def meetings_share(user: User, filters: Filters) -> list[Share]:
    """States and sections are of reports and issues, batches of activities: who asks for one asks for no meeting.

    A meeting is of its host and of every unit that was invited.
    """
    if any(filters.get(name) for name in ("state", "section", "batch")):
        return []
    rows = meetings_for(user)
    if unit := filters.get("unit"):
        rows = rows.filter(Q(host=int(unit)) | Q(pk__in=Invitation.objects.filter(unit=int(unit)).values("meeting")))
    return [Share(rows)]


def describe_meetings(user: User, ids: Sequence[int]) -> dict[int, Described]:
    return {
        meeting.pk: Described(
            reverse("meeting", args=[meeting.pk]),
            (meeting.host.label, official_date(meeting.start), meeting.get_state_display()),
        )
        for meeting in JointMeeting.objects.filter(pk__in=ids).select_related("host")
    }


register_source(
    Source(
        name="meeting",
        label="会议",
        order=75,
        model=JointMeeting,
        watches=((JointMeeting, "id"), (AgendaItem, "meeting"), (Decision, "meeting")),
        index=index_meetings,
        shares=meetings_share,
        describe=describe_meetings,
    )
)
