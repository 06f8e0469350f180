"""The work desk and the list of what waits."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.requests import PAGE_SIZE, person
from portal.home.queries.desk import desk_of
from portal.home.queries.waiting import lists_of
from portal.inbox.queries import opened_by


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """工作台: what waits, what one can begin, what one has in hand."""
    return render(request, "home/home.html", {"desk": desk_of(person(request))})


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """待办事项: what waits for the person, what he waits for, what is late; each by its deadline, all or of a kind."""
    user = person(request)
    lists = lists_of(user)
    shown = next((one for one in lists if one.name == request.GET.get("show")), lists[0])
    what = request.GET.get("what", "")
    page = Paginator(shown.of_kind(what), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = opened_by(user, page.object_list)
    return render(request, "home/waiting.html", {"page": page, "lists": lists, "shown": shown, "what": what})
