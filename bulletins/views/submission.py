"""信息报送, the unit's side: the list, one report, and what can be done with it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from bulletins.queries.submission import own_submissions, submissions_for


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "submissions/list.html", {"rows": own_submissions(request.user)[:50]})


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    return redirect("submissions")


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    submission = get_object_or_404(submissions_for(request.user), pk=pk)
    return render(request, "submissions/detail.html", {"submission": submission})


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    return detail(request, pk)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(submissions_for(request.user), pk=pk)
    return redirect("submissions")


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    get_object_or_404(submissions_for(request.user), pk=pk)
    return redirect("submission", pk)
