"""The work desk and the list of what waits."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.requests import PAGE_SIZE, person
from portal.home.queries.desk import desk_of
from portal.inbox.queries import waiting_for


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """工作台: what waits, what one can begin, what one has in hand."""
    return render(request, "home/home.html", {"desk": desk_of(person(request))})


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """待办事项: one list per person, the most urgent first."""
    page = Paginator(waiting_for(person(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "home/waiting.html", {"page": page})
