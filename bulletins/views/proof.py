"""The proof on the screen: how far it is, its pages as pictures, and its PDF."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from bulletins.models import Issue, Rendition
from bulletins.services.content import content_of
from bulletins.services.rendition import picture_path
from bulletins.states import NUMBERED_ISSUE
from bulletins.views.issue_page import can_edit, file_of, visible_issue
from bulletins.views.proof_lines import sheets_of
from bulletins.views.proof_rounds import round_of
from portal.accounts.models import User
from portal.workflow import available

# A proof's files never change: another proof has other addresses.
LASTING = "private, max-age=604800, immutable"


@require_GET
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof's pages; where none is ordered, what to do."""
    user, issue = visible_issue(request, pk)
    if issue.state in NUMBERED_ISSUE:
        return redirect("issue", pk)
    context = {"issue": issue, "label": content_of(issue).label, "actions": available(issue, user)}
    return render(request, "issues/proof.html", context | _with_pages(issue, user))


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that asks for itself every second while a worker is at it."""
    user, issue = visible_issue(request, pk)
    numbered = issue.state in NUMBERED_ISSUE
    template = "issues/final_part.html" if numbered else "issues/proof_part.html"
    shown = _with_pages(issue, user) if "pages" in request.GET and not numbered else file_of(issue, user)
    return render(request, template, {"issue": issue} | shown)


@require_GET
def proof_picture(request: HttpRequest, pk: int, rendition: int, page: int) -> HttpResponseBase:
    """One page of a proof as a picture."""
    _, one = _proof(request, pk, rendition)
    if not 1 <= page <= one.pages:
        raise Http404
    return _file(picture_path(one.file, page), "image/png", "")


@require_GET
def proof_pdf(request: HttpRequest, pk: int, rendition: int) -> HttpResponseBase:
    """A proof's PDF, shown in the browser."""
    issue, one = _proof(request, pk, rendition)
    return _file(one.file, "application/pdf", f"{issue.periodical.title}校样{one.pk}.pdf")


def _with_pages(issue: Issue, user: User) -> dict[str, Any]:
    """The proof with its pages and with what it changed in the one before."""
    context = file_of(issue, user) | {"pages": True}
    rendition = context["proof"].rendition
    if rendition is None:
        return context
    sheets = sheets_of(issue, rendition, can_edit=can_edit(issue, user))
    return context | {"sheets": sheets, "round": round_of(rendition)}


def _proof(request: HttpRequest, pk: int, rendition: int) -> tuple[Issue, Rendition]:
    _, issue = visible_issue(request, pk)
    return issue, get_object_or_404(issue.renditions.filter(kind=Rendition.Kind.PROOF), pk=rendition)


def _file(path: str, media_type: str, name: str) -> FileResponse:
    if not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path), content_type=media_type, filename=name)
    response["Cache-Control"] = LASTING
    return response
