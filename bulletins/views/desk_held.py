"""暂存决定: holding a decision back, dropping it, and sending several together."""

from __future__ import annotations

from secrets import token_urlsafe

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bulletins.forms.points import points_from
from bulletins.models import Decision
from bulletins.queries.desk import held_for
from bulletins.services.bulk import MOST_ROWS
from bulletins.services.held import drop_held, hold_decision, send_held
from bulletins.views.desk import refused
from bulletins.views.desk_page import here, theirs
from portal.accounts.requests import demand, whole_numbers
from portal.answers import attempt, tell
from portal.refusals import Refused

_HOLDABLE = (Decision.ADOPT, Decision.RETURN, Decision.DECLINE)


@require_http_methods(["GET", "POST"])
def desk_held(request: HttpRequest) -> HttpResponse:
    """Everything that is held; POST sends what is ticked, with a result per row."""
    user = demand(request, "bulletins.view_desk")
    if request.method == "POST":
        demand(request, "bulletins.decide_in_bulk")
        ticked = whole_numbers(request.POST.getlist("report"))
        try:
            bulk = send_held(ticked, by=user, key=request.POST.get("key", ""))
        except Refused as error:
            tell(request, error)
        else:
            return redirect("desk-bulk-result", bulk.pk)
    context = {
        "rows": held_for(user),
        "key": token_urlsafe(16),
        "can_decide": user.has_perm("bulletins.decide_in_bulk"),
        "most": MOST_ROWS,
    }
    return render(request, "desk/held.html", context, status=409 if request.method == "POST" else 200)


@require_POST
def desk_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold the decision that was written on the report's page."""
    user, submission = theirs(request, pk)
    name = request.POST.get("decision", "")
    demand(request, "bulletins.edit_submission", obj=submission)
    if name not in _HOLDABLE:
        return redirect(here(request, submission))
    given = {"decision": Decision(name), "reason": request.POST.get("reason", ""), "points": points_from(request.POST)}
    said = f"已暂存“{Decision(name).label}”，发出前单位看不到。"
    if attempt(request, hold_decision, submission, by=user, **given, said=said):
        return redirect(here(request, submission))
    return refused(request, submission, name)


@require_POST
def desk_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop what was held."""
    user, submission = theirs(request, pk)
    attempt(request, drop_held, submission, by=user, said="已取消暂存的决定。")
    return redirect(here(request, submission))
