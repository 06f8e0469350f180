"""来稿处理: what came in, beside the text as edited for print, and the office's decisions."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bulletins.forms.desk import DeskFilterForm, PrintedWordsForm
from bulletins.models import Submission
from bulletins.queries.desk import desk_submissions, neighbours, placement_of
from bulletins.queries.submission import received_submissions
from bulletins.services.acts import act_on_submission
from bulletins.services.desk import adopt_submission, edit_for_print
from bulletins.services.print_words import as_lead, fill_print_text
from bulletins.services.saving import StaleSave
from bulletins.services.submission_rows import stored_facts
from bulletins.states import IN_OFFICE_HANDS, SubmissionState
from bulletins.views.desk_difference import Piece, difference
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt, tell
from portal.audit.models import Entry as AuditEntry
from portal.audit.models import history
from portal.workflow import Refused, available

#: The office's decisions, and what the page says when one is done. The unit's acts have their own addresses.
SAID = {
    "adopt": "已采用，稿件等待编发。",
    "return": "已退回，信息员会看到您的理由。",
    "decline": "已记为不予采用。",
    "reopen": "稿件回到编审中。",
}


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page; filters stay in the address."""
    user = demand(request, "bulletins.view_desk")
    form = DeskFilterForm(request.GET or None, initial={})
    narrowing = form.narrowing() if form.is_bound else {}
    page = Paginator(desk_submissions(user, **narrowing), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "narrowed": bool(narrowing), "kept": _kept(request)}
    return render(request, "desk/list.html", context)


@require_http_methods(["GET", "POST"])
def desk_submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: the unit's text, the office's text, decisions. POST saves, and adopts where asked to."""
    user, submission = _theirs(request, pk)
    if request.method == "GET":
        return _show(request, submission, PrintedWordsForm(initial=_words(submission)))
    demand(request, "bulletins.edit_submission", obj=submission)
    form = PrintedWordsForm(request.POST)
    if not form.is_valid():
        return _show(request, submission, form, status=422)
    try:
        edit_for_print(submission, by=user, **form.cleaned_data)
    except StaleSave as stale:
        return _show_both(request, stale.current, form)
    except (Refused, ValidationError) as error:
        tell(request, error)
        submission.refresh_from_db()
        return _show(request, submission, form, status=409)
    if request.POST.get("then") == "adopt":
        attempt(request, adopt_submission, submission, by=user, said=SAID["adopt"])
    else:
        messages.success(request, "已保存。")
    return redirect(_here(request, submission))


@require_POST
def desk_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A decision. What was typed as a reason is still there where it is refused."""
    user, submission = _theirs(request, pk)
    if name not in SAID:
        raise Http404
    reason = request.POST.get("reason", "")
    if attempt(request, act_on_submission, submission, name, by=user, reason=reason, said=SAID[name]):
        return redirect(_here(request, submission))
    submission.refresh_from_db()
    form = PrintedWordsForm(initial=_words(submission))
    return _show(request, submission, form, status=409, reasons={name: reason})


def _theirs(request: HttpRequest, pk: int) -> tuple[User, Submission]:
    """A report that has come in, for who works at the desk; 404 for anybody else."""
    user = person(request)
    if not user.has_perm("bulletins.view_desk"):
        raise Http404
    return user, get_object_or_404(received_submissions(user), pk=pk)


def _show(
    request: HttpRequest, submission: Submission, form: PrintedWordsForm, *, status: int = 200, **extra: Any
) -> HttpResponse:
    """The page of one report around ``form``."""
    user = person(request)
    filters = DeskFilterForm(request.GET or None)
    rows = desk_submissions(user, **(filters.narrowing() if filters.is_bound else {}))
    newer, older = neighbours(rows, submission)
    placement = placement_of(submission)
    editable = submission.state in IN_OFFICE_HANDS and placement is None
    records = list(history(submission))
    proposed = _proposed(submission)
    stored = _words(submission)
    context = {
        "submission": submission,
        "activities": stored_facts(submission),
        "form": form,
        "stored": stored,
        "can_edit": editable and user.has_perm("bulletins.edit_submission", submission),
        "actions": [act for act in available(submission, user) if act.name in SAID],
        "placement": placement,
        "difference": difference(_joined(proposed), _joined(stored)),
        "newer": newer,
        "older": older,
        "kept": _kept(request),
        "history": records,
        "since_return": _since_return(submission, records),
        "reasons": {},
    }
    return render(request, "desk/submission.html", context | extra, status=status)


def _show_both(request: HttpRequest, current: Submission, form: PrintedWordsForm) -> HttpResponse:
    """Somebody saved in between: what is stored and what was typed, side by side; nothing is overwritten."""
    data = request.POST.copy()
    data["version"] = str(current.version)
    theirs = _words(current)
    mine = {"lead": form.cleaned_data["lead"], "text": form.cleaned_data["text"]}
    between = difference(_joined(theirs), _joined(mine))
    messages.error(request, "这份文字刚刚被同事改过，没有覆盖。请对照后再保存。")
    submission = get_object_or_404(received_submissions(person(request)), pk=current.pk)
    return _show(request, submission, PrintedWordsForm(data), status=409, theirs=theirs, between=between)


def _proposed(submission: Submission) -> dict[str, Any]:
    """The unit's own words in the form of print: the title as lead."""
    return {"lead": as_lead(submission.title), "text": submission.text.strip()}


def _since_return(submission: Submission, records: list[AuditEntry]) -> list[Piece]:
    """What the unit changed since the office last returned the report; nothing if it never did."""
    returned = next((row for row in records if row.action == "bulletins.submission.return"), None)
    if returned is None or submission.state == SubmissionState.RETURNED or "text" not in returned.data:
        return []
    before = "\n".join((returned.data["title"], returned.data["text"]))
    return difference(before, "\n".join((submission.title, submission.text)))


def _words(submission: Submission) -> dict[str, Any]:
    """The office's words, or what is proposed until it has written any; with the version."""
    filled = copy(submission)
    fill_print_text(filled)
    return {"lead": filled.print_lead, "text": filled.print_text, "version": submission.version}


def _joined(words: dict[str, Any]) -> str:
    return "\n".join(part for part in (words["lead"], words["text"].strip().replace("\r\n", "\n")) if part)


def _kept(request: HttpRequest) -> str:
    """The filters of the list as a query string, without the page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _here(request: HttpRequest, submission: Submission) -> str:
    kept = _kept(request)
    return reverse("desk-submission", args=[submission.pk]) + (f"?{kept}" if kept else "")
