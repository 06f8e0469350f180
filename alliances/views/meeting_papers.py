"""出席、纪要、议定事项, written after a meeting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alliances.forms.meeting import AttendanceFormSet, DecisionFormSet, MinutesForm, decided
from alliances.models import JointMeeting
from alliances.services.meeting_papers import write_papers
from alliances.states.meeting import MeetingState
from alliances.views.meeting import managed_meeting
from portal.accounts.queries.unit import official_order


@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything on one page; nothing typed is lost where a row is refused."""
    user, found = managed_meeting(request, pk)
    if found.state != MeetingState.HELD:
        messages.info(request, f"会议现在是“{found.get_state_display()}”，不能填写纪要。")
        return redirect("meeting", pk)
    posted = request.POST if request.method == "POST" else None
    minutes = MinutesForm(posted, initial={"minutes": found.minutes})
    invitations = list(found.invitations.select_related("unit").order_by(*official_order("unit__")))
    attendance = AttendanceFormSet(posted, prefix="attendance", initial=[_came(row) for row in invitations])
    decisions = DecisionFormSet(posted, prefix="decisions", initial=_open_decisions(found))
    valid = posted is not None and all([minutes.is_valid(), attendance.is_valid(), decisions.is_valid()])
    if valid:
        given = {row["pk"]: (row["attendance"], row["people"]) for row in attendance.cleaned_data}
        saved = minutes.call(
            write_papers,
            meeting=found,
            by=user,
            minutes=minutes.cleaned_data["minutes"],
            attendance=given,
            decisions=decided(decisions),
        )
        if saved is not None:
            messages.success(request, "已保存。核对无误后点“发出纪要”。")
            return redirect("meeting", pk)
    context = {
        "meeting": found,
        "minutes": minutes,
        "attendance": attendance,
        "rows": list(zip(invitations, attendance.forms, strict=False)),
        "decisions": decisions,
        "settled": found.decisions.filter(work_item__isnull=False).select_related("owner"),
    }
    return render(request, "meetings/papers.html", context, status=200 if posted is None else 422)


def _came(row: Any) -> dict[str, Any]:
    return {"pk": row.pk, "attendance": row.attendance, "people": row.people}


def _open_decisions(found: JointMeeting) -> list[dict[str, Any]]:
    """Decisions that are no work yet, to be written on."""
    rows = found.decisions.filter(work_item__isnull=True).select_related("owner")
    return [{"text": row.text, "owner": row.owner.name, "owner_post": row.owner_post, "due": row.due} for row in rows]
