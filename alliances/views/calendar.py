"""Meetings in a phone's own calendar: one as a file, all of a person's by his secret address."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alliances.ics import Event, calendar_file
from alliances.models import JointMeeting
from alliances.queries.meeting import feed_of, meetings_for, meetings_of_feed, owner_of_feed
from alliances.services.calendar_feed import hash_of, make_feed, revoke_feed
from alliances.states.meeting import MeetingState
from portal.accounts.requests import person
from portal.answers import attempt

MEDIA_TYPE = "text/calendar; charset=utf-8"
NAME = "协同提质行动会议"


@require_safe
def meeting_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting, to be put into a calendar."""
    found = get_object_or_404(meetings_for(person(request)), pk=pk)
    response = HttpResponse(calendar_file(NAME, [_event(request, found)]), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f"attachment; filename=\"meeting.ics\"; filename*=UTF-8''{quote(found.title)}.ics"
    return response


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """A person's meetings, read by his phone without signing in; 404 once the address was revoked."""
    owner = owner_of_feed(hash_of(token))
    if owner is None:
        raise Http404
    events = [_event(request, row) for row in meetings_of_feed(owner)]
    response = HttpResponse(calendar_file(NAME, events), content_type=MEDIA_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest) -> HttpResponse:
    """日历订阅: make an address, see it once, take it back."""
    user = person(request)
    if request.method == "POST" and request.POST.get("act") == "revoke":
        attempt(request, revoke_feed, by=user, said="订阅地址已作废，手机上不再更新。")
        return redirect("calendar-subscription")
    address = ""
    if request.method == "POST":
        address = request.build_absolute_uri(reverse("calendar-feed", args=[make_feed(by=user)]))
    return render(request, "meetings/subscription.html", {"address": address, "feed": feed_of(user)})


def _event(request: HttpRequest, found: JointMeeting) -> Event:
    begins = None
    if found.begins_at:
        begins = timezone.make_aware(datetime.combine(found.start, found.begins_at))
    return Event(
        uid=f"meeting-{found.pk}@{request.get_host()}",
        start=found.start,
        end=found.end,
        begins=begins,
        summary=found.title,
        changed=found.updated_at,
        place=found.place,
        text=f"召集单位：{found.host}",
        url=request.build_absolute_uri(reverse("meeting", args=[found.pk])),
        is_cancelled=found.state == MeetingState.CANCELLED,
    )
