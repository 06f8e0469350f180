"""会议: calendar and list, calling one, its page, its papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances.forms.meeting import MeetingFilterForm, MeetingForm, month_wanted
from alliances.models import Decision, JointMeeting
from alliances.queries.meeting import listed_meetings, meetings_for, month_of, with_papers
from alliances.queries.work_item import work_items_for
from alliances.services import meeting as services
from alliances.services.meeting_papers import make_work_of
from alliances.sheets.meeting import COLUMNS, cells
from alliances.states.meeting import MeetingState
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt
from portal.audit.models import history
from portal.exchange.workbook import as_download, write
from portal.notices.services import mark_seen
from portal.workflow import available

ACTS: dict[str, tuple[Callable[..., JointMeeting], str]] = {
    "hold": (services.hold_meeting, "已登记召开，请填写出席情况、纪要和议定事项。"),
    "send_minutes": (services.send_minutes, "纪要已发出，受邀单位会收到消息。"),
    "cancel": (services.cancel_meeting, "会议已取消，受邀单位会收到消息。"),
}


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """The month as a calendar, and below it all meetings that the person may see."""
    user = person(request)
    form = MeetingFilterForm(request.GET)
    narrowing = form.narrowing()
    first = month_wanted(request.GET.get("month", ""))
    weeks = month_of(meetings_for(user), first)
    context = {
        "form": form,
        "page": Paginator(listed_meetings(user, **narrowing), PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(narrowing),
        "first": first,
        "before": first - timedelta(days=1),
        "after": first + timedelta(days=31),
        "weeks": weeks,
        "is_free": not any(day.meetings for week in weeks for day in week if day.is_in_month),
        "may_add": user.has_perm("alliances.add_meeting"),
    }
    return render(request, "meetings/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list for Excel."""
    rows = with_papers(listed_meetings(person(request), **MeetingFilterForm(request.GET).narrowing()))
    return as_download(write("会议情况", COLUMNS, cells(rows)), f"会议情况{timezone.localdate():%Y%m%d}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """召集会议, or 补登 one that has taken place."""
    user = demand(request, "alliances.add_meeting")
    initial = {"partnership": request.GET.get("pair", "")}
    form = MeetingForm(request.POST if request.method == "POST" else None, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = form.call(
            services.call_meeting,
            host=form.hosting_unit(),
            planned=form.planned(),
            by=user,
            invited=given["invited"],
            partnership=given["partnership"],
            minutes=given["minutes"],
        )
        if made is not None:
            said = "会议已登记。" if made.state == MeetingState.HELD else "会议通知已发给参会单位。"
            messages.success(request, said)
            return redirect("meeting", made.pk)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a planned meeting, invite others, write on its agenda."""
    user, found = managed_meeting(request, pk)
    if found.state != MeetingState.PLANNED:
        messages.info(request, f"会议{found.get_state_display()}，安排不能再改。")
        return redirect("meeting", pk)
    form = MeetingForm(
        request.POST if request.method == "POST" else None, user=user, meeting=found, initial=_initial(found)
    )
    if request.method == "POST" and form.is_valid():
        invited = form.cleaned_data["invited"]
        service = services.change_meeting
        if form.call(service, meeting=found, planned=form.planned(), by=user, invited=invited) is not None:
            messages.success(request, "修改已保存，有关单位会收到消息。")
            return redirect("meeting", pk)
    return _form_page(request, form, found)


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting with its papers."""
    user = person(request)
    found = get_object_or_404(meetings_for(user), pk=pk)
    mark_seen(about=found, by=user)
    return _page(request, user, found)


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Hold it, send its minutes, or cancel it."""
    user, found = managed_meeting(request, pk)
    if name not in ACTS:
        raise Http404
    service, said = ACTS[name]
    reason = request.POST.get("reason", "")
    given = {"reason": reason} if name == "cancel" else {}
    if attempt(request, service, found, by=user, said=said, **given):
        return redirect("meeting-papers" if name == "hold" else "meeting", pk)
    found = get_object_or_404(meetings_for(user), pk=pk)
    return _page(request, user, found, status=409, typed={"name": name, "reason": reason})


@require_POST
def work(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    """A decision becomes work, by one click."""
    user, found = managed_meeting(request, pk)
    row = get_object_or_404(Decision, pk=decision, meeting=found)
    attempt(request, make_work_of, row, by=user, said="已列入工作清单，责任单位会收到消息。")
    return redirect("meeting", pk)


def managed_meeting(request: HttpRequest, pk: int) -> tuple[User, JointMeeting]:
    """The person and a meeting that he keeps; 404 for who does not see it, 403 for who only reads it."""
    user = person(request)
    found = get_object_or_404(meetings_for(user), pk=pk)
    if not user.has_perm("alliances.manage_meeting", found):
        raise PermissionDenied
    return user, found


def _page(
    request: HttpRequest, user: User, found: JointMeeting, *, status: int = 200, typed: dict[str, str] | None = None
) -> HttpResponse:
    shown = with_papers(meetings_for(user)).get(pk=found.pk)
    items = [row.work_item_id for row in shown.decisions.all() if row.work_item_id]
    context = {
        "meeting": shown,
        "steps": available(found, user),
        "typed": typed,
        "may_manage": user.has_perm("alliances.manage_meeting", found),
        "may_add_work": user.has_perm("alliances.make_work_of_meeting", found),
        "open_items": set(work_items_for(user).filter(pk__in=items).values_list("pk", flat=True)) if items else set(),
        "changes": history(found),
    }
    return render(request, "meetings/meeting.html", context, status=status)


def _form_page(request: HttpRequest, form: MeetingForm, found: JointMeeting | None) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/form.html", {"form": form, "meeting": found}, status=status)


def _initial(found: JointMeeting) -> dict[str, Any]:
    names = ("kind", "title", "start", "begins_at", "place", "body")
    agenda = (f"{row.text}——{row.speaker}" if row.speaker else row.text for row in found.agenda.all())
    invited = (row.unit.name for row in found.invitations.select_related("unit"))
    return {name: getattr(found, name) for name in names} | {
        "end": found.end if found.end != found.start else None,
        "agenda": "\n".join(agenda),
        "invited": "、".join(invited),
    }
