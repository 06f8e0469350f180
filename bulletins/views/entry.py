"""Entries of an open issue: written, placed, edited in place, moved and taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bulletins.forms.entry import EntryForm, NewEntryForm
from bulletins.models import Entry, Issue
from bulletins.queries.checking import examine_issue, tally
from bulletins.queries.issue import entries_of, issues_for
from bulletins.queries.shortening import usual_length
from bulletins.queries.submission import received_submissions
from bulletins.services import entry as services
from bulletins.services.saving import StaleSave
from bulletins.views.aids_panel import aids_of_entry
from bulletins.views.issue_page import can_edit, file_of, shelves_of, visible_issue
from portal.accounts.models import User
from portal.accounts.requests import person, posted_number, whole_number
from portal.answers import tell
from portal.refusals import Refused
from portal.text.difference import difference


@require_http_methods(["GET", "POST"])
def entry_new(request: HttpRequest, pk: int) -> HttpResponse:
    """An entry written by hand (专家引领, 他山之石, or any section)."""
    user, issue = visible_issue(request, pk)
    if not user.has_perm("bulletins.edit_issue", issue):
        raise PermissionDenied
    form = NewEntryForm(request.POST or None, issue=issue, initial={"section": request.GET.get("section")})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("section", "lead", "text")}
        try:
            made = services.add_entry(issue, by=user, **given)
        except (Refused, ValidationError) as error:
            tell(request, error)
        else:
            messages.success(request, "已写入本期。")
            return redirect(_place(made))
    status = 422 if request.method == "POST" else 200
    chosen = str(form["section"].value() or "")
    section = issue.periodical.sections.filter(pk=whole_number(chosen) or 0).first()
    context = {"form": form, "issue": issue, "usual": usual_length(section)}
    return render(request, "issues/entry_new.html", context, status=status)


@require_POST
def submission_place(request: HttpRequest, pk: int, submission: int) -> HttpResponse:
    """One report out of the pool into a section."""
    user, issue = visible_issue(request, pk)
    report = get_object_or_404(received_submissions(user), pk=submission)
    section = get_object_or_404(issue.periodical.sections, pk=posted_number(request, "section"))
    return _do(
        request, issue, services.place_submission, submission=report, section=section, position=_position(request)
    )


@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry as it stands on the board: what comes back when editing in place is given up."""
    user, one = visible_entry(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect(_place(one))
    return _card(request, user, one)


@require_http_methods(["GET", "POST"])
def entry_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit an entry's words, in place through htmx or on a page of its own."""
    user, one = visible_entry(request, pk)
    if not user.has_perm("bulletins.edit_issue", one.issue):
        raise PermissionDenied
    if request.method == "GET":
        return form_page(request, one, EntryForm.of(one))
    form = EntryForm.of(one, request.POST)
    if not form.is_valid():
        return form_page(request, one, form, status=422)
    try:
        services.edit_entry(one, by=user, **form.cleaned_data)
    except StaleSave as stale:
        return _both(request, stale.current, form)
    except (Refused, ValidationError) as error:
        tell(request, error)
        return form_page(request, one, form, status=409)
    if request.headers.get("HX-Request"):
        return _card(request, user, visible_entry(request, pk)[1], saved=True)
    if _from_proof(request):
        messages.success(request, "已保存。请重新生成校样，核对改后的页面。")
        return redirect("issue-proof", one.issue_id)
    messages.success(request, "已保存。")
    return redirect(_place(one))


@require_POST
def entry_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an entry at a position of any section; without a position at the end."""
    _, one = visible_entry(request, pk)
    section = get_object_or_404(one.issue.periodical.sections, pk=posted_number(request, "section"))
    return _do(request, one.issue, services.move_entry, entry=one, section=section, position=_position(request))


@require_POST
def entry_shift(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    _, one = visible_entry(request, pk)
    return _do(request, one.issue, services.shift_entry, entry=one, step=-1 if "up" in request.POST else 1)


@require_POST
def entry_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry out; its reports are back in the pool."""
    _, one = visible_entry(request, pk)
    return _do(request, one.issue, services.remove_entry, entry=one)


def _do(request: HttpRequest, issue: Issue, service: Callable[..., Any], **given: Any) -> HttpResponse:
    """Call a service on an entry (or on the issue), say what stood in the way, and show the board anew."""
    target = given.pop("entry", issue)
    try:
        service(target, by=person(request), **given)
    except (Refused, ValidationError) as error:
        tell(request, error)
    return redirect("issue", issue.pk)


def visible_entry(request: HttpRequest, pk: int) -> tuple[User, Entry]:
    """An entry of an issue that the person works with; 404 for anybody else."""
    user = person(request)
    if not user.has_perm("bulletins.view_issues"):
        raise Http404
    rows = Entry.objects.filter(issue__in=issues_for(user)).select_related("section", "issue__periodical")
    return user, get_object_or_404(rows, pk=pk)


def _card(request: HttpRequest, user: User, one: Entry, *, saved: bool = False) -> HttpResponse:
    shelf = shelves_of([one.section], list(entries_of(one.issue)))[0]
    item = next((item for item in shelf.items if item.entry.pk == one.pk), None)
    if item is None:
        raise Http404
    context = {
        "item": item,
        "issue": one.issue,
        "sections": one.issue.periodical.sections.all(),
        "can_edit": can_edit(one.issue, user),
        "saved": saved,
    }
    if saved:
        context["checks"] = tally(examine_issue(one.issue).values())
    return render(request, "issues/entry_saved.html", context | file_of(one.issue, user))


def form_page(request: HttpRequest, one: Entry, form: EntryForm, *, status: int = 200, **extra: Any) -> HttpResponse:
    partial = bool(request.headers.get("HX-Request"))
    template = "issues/entry_form.html" if partial else "issues/entry_edit.html"
    aids = aids_of_entry(one, form)
    context = {"entry": one, "form": form, "issue": one.issue, "in_place": partial, "aids": aids, "usual": aids.usual}
    context["from_proof"] = _from_proof(request)
    return render(request, template, context | extra, status=status)


def _both(request: HttpRequest, current: Entry, form: EntryForm) -> HttpResponse:
    """A colleague was quicker: both texts side by side, nothing overwritten."""
    data = request.POST.copy()
    data["version"] = str(current.version)
    mine = "\n".join((form.cleaned_data["lead"], form.cleaned_data["text"])).strip()
    theirs = "\n".join((current.lead, current.text)).strip()
    again = EntryForm.of(current, data)
    return form_page(request, current, again, status=409, theirs=current, between=difference(theirs, mine))


def _place(one: Entry) -> str:
    return f"{reverse('issue', args=[one.issue_id])}#entry-{one.pk}"


def _from_proof(request: HttpRequest) -> bool:
    """Whether the editor was opened by a click on a proof's page."""
    return request.GET.get("from") == "proof"


def _position(request: HttpRequest) -> int | None:
    return whole_number(request.POST.get("position", ""))
