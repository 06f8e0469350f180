"""查找: one page over everything that its reader may see, and the searches that he keeps."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.requests import PAGE_SIZE, person
from portal.answers import attempt
from portal.search.finding import Found, arms_for, find
from portal.search.forms import SaveForm, SearchForm
from portal.search.models import SavedSearch
from portal.search.paging import page_number, pages, total
from portal.search.services import forget_search, save_search
from portal.text.wanted import read_query


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found, fifty a page; everything asked is in the address."""
    user = person(request)
    form = SearchForm(_clean(request.GET), user=user)
    wanted = read_query(form.value("q"))
    asked = bool(wanted.words) or (form.is_narrowed and not wanted.text and "q" not in form.errors)
    kind = form.value("kind")
    number = page_number(request)
    found = Found()
    if asked:
        arms = arms_for(user, form.filters)
        found = find(arms, wanted, period=form.period, kind=kind, page=number, size=PAGE_SIZE)
    query = urlencode(parse_qsl(_without_page(request)))
    context = {
        "form": form,
        "wanted": wanted,
        "asked": asked,
        "found": found,
        "kind": kind,
        "total": total(found.counts),
        "pages": pages(found.counts, kind, number),
        "query": query,
        "saved": SavedSearch.objects.filter(user=user),
        "save_form": SaveForm(initial={"name": wanted.text[:30], "query": query}, auto_id="save-%s"),
    }
    return render(request, "search/search.html", context)


@require_POST
def search_save(request: HttpRequest) -> HttpResponse:
    """Keep the search on the page under a name."""
    user = person(request)
    form = SaveForm(request.POST)
    if not form.is_valid():
        for problems in form.errors.values():
            for problem in problems:
                messages.error(request, str(problem))
        return redirect(_back(request.POST.get("query", "")))
    words = form.cleaned_data
    attempt(
        request, save_search, user=user, name=words["name"], query=words["query"], said=f"已保存为“{words['name']}”。"
    )
    return redirect(_back(words["query"]))


@require_POST
def search_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up one of one's own kept searches."""
    saved = get_object_or_404(SavedSearch, pk=pk, user=person(request))
    attempt(request, forget_search, saved, said=f"已删除常用查找“{saved.name}”。")
    return redirect(_back(request.POST.get("query", "")))


def _clean(data: QueryDict) -> QueryDict:
    """NUL is no character that anybody types, and no field bears it."""
    cleaned = data.copy()
    for name in cleaned:
        cleaned.setlist(name, [value.replace("\x00", "") for value in cleaned.getlist(name)])
    return cleaned


def _without_page(request: HttpRequest) -> str:
    kept = _clean(request.GET)
    kept.pop("page", None)
    return kept.urlencode()


def _back(query: str) -> str:
    """The page of a search; whatever came as ``query`` can only ever be its filters."""
    kept = urlencode(parse_qsl(query))
    return reverse("search") + (f"?{kept}" if kept else "")
