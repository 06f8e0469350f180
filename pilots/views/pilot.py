"""试点县 and 试点学校: the register, its lists as Excel and Word, entering by hand, leaving."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pilots.forms.pilot import EnterPilotForm, PilotFilter, WithdrawForm, model_of
from pilots.measured.pilot import pilots_counted
from pilots.models import SelectionRound
from pilots.queries.pilot import listed_pilots, pilots_for
from pilots.queries.school_profile import schools_for
from pilots.services.official_list import as_table, pilots_list, term_text
from pilots.services.pilot import enter_pilot, withdraw_pilot
from portal.accounts.queries.unit import the_programme
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.exchange.workbook import as_download
from portal.files.downloads import word_file
from portal.printing.circular import CircularContent, circular_docx

LEVELS = SelectionRound.Level


@require_safe
def pilots(request: HttpRequest) -> HttpResponse:
    """The pilots of a level, prefecture by prefecture; filters stay in the address."""
    user, (level, form, rows) = person(request), _wanted(request)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "level": level,
        "form": form,
        "page": page,
        "lines": [(row, term_text(row), timezone.localdate()) for row in page],
        "with_profile": set(
            schools_for(user).filter(pk__in=[row.unit_id for row in page]).values_list("pk", flat=True)
        ),
        "narrowed": bool(form.narrowing()),
        "may_manage": user.has_perm("pilots.manage_pilots"),
    }
    return render(request, "pilots/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list in Excel."""
    content = _content(request)
    return as_download(as_table(content), f"{content.title}.xlsx")


@require_safe
def word(request: HttpRequest) -> HttpResponseBase:
    """The same list as an official list in Word."""
    content = _content(request)
    return word_file(circular_docx(content), f"{content.title}.docx")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """登记试点 by hand: one of the past, or one that came without a round."""
    user = demand(request, "pilots.manage_pilots")
    form = EnterPilotForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = form.call(enter_pilot, by=user, **form.cleaned_data)
        if made is not None:
            messages.success(request, f"已登记{made.unit}。")
            level = LEVELS.SCHOOL if made.unit.kind == "school" else LEVELS.COUNTY
            return redirect(f"{reverse('pilots')}?level={level}")
    return render(request, "pilots/enter.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, level: str, pk: int) -> HttpResponse:
    """退出试点, with the last day and the reason."""
    if model_of(level) is None:
        raise Http404
    user = person(request)
    found = get_object_or_404(pilots_for(user, level), pk=pk)
    demand(request, "pilots.manage_pilots")
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.call(withdraw_pilot, pilot=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, f"{found.unit}已退出试点，记录保留在名单中。")
        return redirect(f"{reverse('pilots')}?level={level}&standing=all")
    context = {"form": form, "pilot": found, "term": term_text(found), "level": level}
    return render(request, "pilots/withdraw.html", context, status=422 if request.method == "POST" else 200)


def _wanted(request: HttpRequest) -> tuple[str, PilotFilter, QuerySet[Any]]:
    user = demand(request, "pilots.view_pilots")
    level = request.GET.get("level", LEVELS.COUNTY)
    level = level if level in LEVELS.values else LEVELS.COUNTY
    form = PilotFilter(request.GET, level=level)
    figure = form.figure()
    rows = listed_pilots(user, level, **form.filters() | ({"standing": "all"} if figure else {}))
    return level, form, rows.filter(pk__in=pilots_counted(level, *figure)) if figure else rows


def _content(request: HttpRequest) -> CircularContent:
    level, form, rows = _wanted(request)
    round = form.narrowing().get("round")
    name = SelectionRound.objects.get(pk=round).name if round else the_programme().name
    kind = "试点学校名单" if level == LEVELS.SCHOOL else "试点县（市、区）名单"
    return pilots_list(rows, level, title=f"{name}{kind}", day=timezone.localdate())
