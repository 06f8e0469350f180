"""内部讨论 about an issue and its entries, and asking units about an entry's text."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bulletins.models import Entry
from bulletins.queries.comment import desk_people, office_comments
from bulletins.queries.confirmation import asked_about
from bulletins.services.asking_units import ask_about_entry
from bulletins.services.comments import discuss
from bulletins.views.confirmation_panel import Asked
from bulletins.views.desk_talk import mentioned
from bulletins.views.entry import visible_entry
from bulletins.views.issue_page import can_edit, visible_issue
from portal.accounts.models import User
from portal.accounts.requests import demand
from portal.answers import attempt


@require_http_methods(["GET", "POST"])
def issue_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said inside about an issue and all its entries; POST adds to it."""
    _, issue = visible_issue(request, pk)
    user = demand(request, "bulletins.view_desk")
    context = {"issue": issue, "comments": office_comments(user, issue)} | _people(user)
    if request.method == "POST":
        text = request.POST.get("text", "")
        if attempt(request, discuss, issue, by=user, text=text, mentions=mentioned(request), said="已发出。"):
            return redirect(reverse("issue-talk", args=[pk]) + "#talk")
        return render(request, "issues/talk.html", context | {"typed": text}, status=409)
    return render(request, "issues/talk.html", context)


@require_http_methods(["GET", "POST"])
def entry_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: what its units were asked and answered, and what was said inside; POST adds to the latter."""
    _, entry = visible_entry(request, pk)
    user = demand(request, "bulletins.view_desk")
    if request.method == "POST":
        text = request.POST.get("text", "")
        if attempt(request, discuss, entry, by=user, text=text, mentions=mentioned(request), said="已发出。"):
            return redirect(reverse("entry-talk", args=[pk]) + "#talk")
        return _entry(request, entry, user, status=409, typed=text)
    return _entry(request, entry, user)


@require_POST
def entry_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """请单位核稿 about an entry: every unit whose report went into it is asked."""
    _, entry = visible_entry(request, pk)
    user = demand(request, "bulletins.edit_issue", obj=entry.issue)
    note = request.POST.get("note", "")
    if attempt(request, ask_about_entry, entry, by=user, note=note, said="已请来稿单位核稿，答复会显示在这里。"):
        return redirect("entry-talk", pk)
    return _entry(request, entry, user, status=409, typed_note=note)


def _entry(request: HttpRequest, entry: Entry, user: User, *, status: int = 200, **typed: Any) -> HttpResponse:
    context = {
        "entry": entry,
        "issue": entry.issue,
        "comments": office_comments(user, entry),
        "asked": [Asked.of(each) for each in asked_about(entry)],
        "units": [report.unit for report in entry.submissions.select_related("unit")],
        "can_edit": can_edit(entry.issue, user),
    }
    return render(request, "issues/entry_talk.html", context | _people(user) | typed, status=status)


def _people(user: User) -> dict[str, Any]:
    may_write = user.has_perm("bulletins.discuss")
    people = [each for each in desk_people() if each != user] if may_write else []
    return {"may_write": may_write, "people": people}
