"""不准确: marking a line of the sheet, and the page of who keeps the fact."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pilots.queries.progress_report import doubts_for, progress_for
from pilots.services.progress_doubt import doubt_line, settle_doubt
from pilots.states.progress import DOUBT_TRANSITIONS
from pilots.views.progress_report import report_page, seen_report
from portal.accounts.requests import demand, person
from portal.answers import attempt
from portal.workflow import available


@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit says that a line is not right, and what is."""
    user, found = seen_report(request, pk)
    demand(request, "pilots.write_progress", obj=found)
    key, right = request.POST.get("key", ""), request.POST.get("right", "")
    if attempt(request, doubt_line, found, key=key, right=right, by=user, said="已标注，由记录单位核对。"):
        return redirect("progress-report", pk)
    return report_page(request, user, found, status=409, typed=right, typed_for=key)


@require_http_methods(["GET", "HEAD", "POST"])
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """What a unit holds to be wrong, for those who keep the fact; they say what is true of it."""
    user = person(request)
    found = get_object_or_404(doubts_for(user), pk=pk)
    answer = request.POST.get("answer", "")
    if request.method == "POST":
        name = request.POST.get("act", "")
        if name not in {transition.name for transition in DOUBT_TRANSITIONS}:
            raise Http404
        if attempt(request, settle_doubt, found, name, answer=answer, by=user, said="已回复填报单位。"):
            return redirect("progress-doubt", pk)
        found.refresh_from_db()
    context = {
        "doubt": found,
        "steps": available(found, user),
        "typed": answer,
        "sees_report": progress_for(user).filter(pk=found.report_id).exists(),
    }
    return render(request, "progress/doubt.html", context, status=409 if request.method == "POST" else 200)
