"""Writing a report: the page, its autosave, and reading activities off the text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from bulletins.queries.submission import submissions_for


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(submissions_for(request.user), pk=pk)
    return redirect("submission", pk)


@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    return edit(request, pk)


@require_POST
def recognise(request: HttpRequest, pk: int) -> HttpResponse:
    return edit(request, pk)
