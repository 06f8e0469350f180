"""来稿处理: what came in, beside the text as edited for print, and the office's decisions."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bulletins.forms.desk import DeskFilterForm, PrintedWordsForm
from bulletins.forms.points import points_from
from bulletins.models import Decision, Submission
from bulletins.queries.desk import desk_submissions, editors, listed
from bulletins.services.acts import act_on_submission
from bulletins.services.bulk import MOST_ROWS
from bulletins.services.desk import adopt_submission, edit_for_print, return_submission
from bulletins.services.held import hold_decision
from bulletins.services.saving import StaleSave
from bulletins.views.desk_page import SAID, here, kept, show, show_both, theirs
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand
from portal.answers import attempt, tell
from portal.refusals import Refused
from portal.text.structure import paragraphs


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page; filters stay in the address."""
    return desk_list(request, demand(request, "bulletins.view_desk"))


def desk_list(request: HttpRequest, user: User, *, status: int = 200, **typed: Any) -> HttpResponse:
    """The list with its bulk bar; ``typed`` is what a refused bulk act had been given."""
    form = DeskFilterForm(request.GET or None, initial={})
    narrowing = form.narrowing()
    page = Paginator(listed(desk_submissions(user, **narrowing)), PAGE_SIZE).get_page(request.GET.get("page"))
    can_decide = user.has_perm("bulletins.decide_in_bulk")
    context = {
        "form": form,
        "page": page,
        "narrowed": bool(narrowing),
        "kept": kept(request),
        "can_decide": can_decide,
        "editors": list(editors()) if can_decide else [],
        "key": token_urlsafe(16),
        "most": MOST_ROWS,
        "chosen": (),
    }
    return render(request, "desk/list.html", context | typed, status=status)


@require_http_methods(["GET", "POST"])
def desk_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: the unit's text, the office's text, decisions. POST saves, and adopts (or holds that) if asked to."""
    user, submission = theirs(request, pk)
    if request.method == "GET":
        return show(request, submission)
    demand(request, "bulletins.edit_submission", obj=submission)
    form = PrintedWordsForm(request.POST)
    if not form.is_valid():
        return show(request, submission, form, status=422)
    try:
        edit_for_print(submission, by=user, **form.cleaned_data)
    except StaleSave as stale:
        return show_both(request, stale.current, form)
    except (Refused, ValidationError) as error:
        tell(request, error)
        submission.refresh_from_db()
        return show(request, submission, form, status=409)
    match request.POST.get("then"):
        case "adopt":
            attempt(request, adopt_submission, submission, by=user, said=SAID["adopt"])
        case "hold":
            held = {"by": user, "decision": Decision.ADOPT}
            attempt(request, hold_decision, submission, **held, said="已保存，并暂存“采用”，发出前单位看不到。")
        case _:
            messages.success(request, "已保存。")
    return redirect(here(request, submission))


@require_POST
def desk_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A decision. What was typed as a reason or as points is still there where it is refused."""
    user, submission = theirs(request, pk)
    if name not in SAID:
        raise Http404
    reason, points = request.POST.get("reason", ""), points_from(request.POST)
    if name == Decision.RETURN and points:
        done = attempt(request, return_submission, submission, by=user, reason=reason, points=points, said=SAID[name])
    else:
        done = attempt(request, act_on_submission, submission, name, by=user, reason=reason, said=SAID[name])
    return redirect(here(request, submission)) if done else refused(request, submission, name)


def refused(request: HttpRequest, submission: Submission, name: str) -> HttpResponse:
    """The page again after a decision was refused, with everything typed for it."""
    submission.refresh_from_db()
    wishes = {point.paragraph: point.wish for point in points_from(request.POST)}
    reasons = {name: request.POST.get("reason", "")}
    lost = [wish for number, wish in wishes.items() if number >= len(paragraphs(submission.text))]
    if lost:  # their paragraphs are gone: the words at least stay before the eyes
        reasons = {name: "\n".join([*reasons.values(), *lost])}
    return show(request, submission, status=409, wishes=wishes, reasons=reasons)
