"""数据填报: the grid, saved cell by cell; one figure with its history and comments; the figures behind a total.

The office corrects, and supplies, figures of periods that are closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilots.forms.reported_value import CorrectionForm
from pilots.models import Indicator, ReportedValue
from pilots.queries.closing import closing_of
from pilots.queries.grid import Cell, Grid, entry_periods, first_period, grid_of, wanting_values
from pilots.queries.reported import reported_behind, values_for
from pilots.services.reported_value import Overtaken, WantsReason, comment_value, save_value
from pilots.value_rules import typed_number
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person, whole_number
from portal.answers import attempt, sentences
from portal.audit.models import history
from portal.exchange.workbook import Column, as_download, write
from portal.periods import Period, parse_period
from portal.refusals import Refused

#: What is left to do after a figure of a closed period has changed.
CLOSE_AGAIN = "请到“数据封存”重新封存一版，封存的数据才会随之更正。"
#: So many units that have not reported stand on one page; the figure of a smaller area names the rest.
MOST_WANTING = 200


@require_http_methods(["GET", "HEAD", "POST"])
def values(request: HttpRequest) -> HttpResponse:
    """The grid of one period; a post saves what has changed, each figure for itself."""
    user = demand(request, "pilots.view_values")
    period = _period(request, user)
    grid = grid_of(user, period)
    told = _save_all(request, user, grid) if request.method == "POST" else {}
    if request.method == "POST" and request.headers.get("Accept") == "application/json":
        return JsonResponse({"cells": told})
    refused = sum(1 for one in told.values() if one["state"] != "saved")
    page = Paginator(grid.units, grid.units_per_page).get_page(request.GET.get("page"))
    if told and not refused:
        messages.success(request, f"已保存{len(told)}项。")
        return redirect(f"{reverse('values')}?period={period.key}&page={page.number}")
    if refused:
        messages.error(request, f"有{refused}项没有保存，原因写在格子下面；其余已保存。")
    context = {
        "grid": grid,
        "page": page,
        "lines": grid.lines(page),
        "periods": entry_periods(timezone.localdate()),
        "closing": closing_of(period.key),
        "may_manage": user.has_perm("pilots.manage_indicators"),
    }
    return render(request, "values/grid.html", context, status=422 if refused else 200)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same grid as Excel, one row for each figure."""
    user = demand(request, "pilots.view_values")
    period = _period(request, user)
    columns = [Column("单位", 30), Column("指标", 40), Column("数值（分子）", 14), Column("分母", 12)]
    columns += [Column("上期数值（分子）", 16), Column("上期分母", 12), Column("计量单位", 10), Column("说明", 40)]
    data = write(f"{period.label}填报数据", columns, _rows(grid_of(user, period)))
    return as_download(data, f"{period.label}填报数据.xlsx")


@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """The reported figures that one total is made of, and those of one indicator generally."""
    user = demand(request, "pilots.view_values")
    indicator = get_object_or_404(Indicator, pk=whole_number(request.GET.get("indicator", "")) or 0)
    period = parse_period(request.GET.get("period", ""))
    if period is None:
        raise Http404
    within = whole_number(request.GET.get("within", ""))
    rows = reported_behind(indicator, within, period, values_for(user))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    wanting = wanting_values(user, indicator, within, period)
    context = {
        "indicator": indicator,
        "period": period,
        "page": page,
        "wanting": wanting[:MOST_WANTING],
        "more": max(0, len(wanting) - MOST_WANTING),
        "may_supply": user.has_perm("pilots.correct_closed_value") and closing_of(period.key) is not None,
    }
    return render(request, "values/behind.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def supply(request: HttpRequest) -> HttpResponse:
    """The office supplies a figure that nobody had reported when its period was closed; one begun is corrected."""
    user = demand(request, "pilots.correct_closed_value")
    indicator = get_object_or_404(Indicator, pk=whole_number(request.GET.get("indicator", "")) or 0)
    unit, period = whole_number(request.GET.get("unit", "")) or 0, parse_period(request.GET.get("period", ""))
    closing = closing_of(period.key) if period else None
    if period is None or closing is None:
        raise Http404
    stands = ReportedValue.objects.filter(indicator=indicator, unit=unit, key=period.key).first()
    if stands is not None:
        messages.info(request, "这一项已经有数据，需要改动的请在这里更正。")
        return redirect("value", stands.pk)
    value = next((one for one in wanting_values(user, indicator, unit, period) if one.unit_id == unit), None)
    if value is None:
        raise Http404
    form = CorrectionForm(request.POST if request.method == "POST" else None, value=value)
    if form.is_valid():
        facts = {"indicator": indicator, "unit": value.unit, "period": period, "by": user}
        saved = form.call(save_value, **facts, **form.cleaned_data)
        if saved is not None:
            messages.success(request, f"已补填。{CLOSE_AGAIN}")
            return redirect("value", saved.pk)
    context = {"value": value, "period": period, "form": form, "closing": closing}
    return render(request, "values/supply.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def value(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure: how it came to be, what was said about it; the office corrects a closed one here."""
    user = person(request)
    found = get_object_or_404(values_for(user), pk=pk)
    may_correct = closing_of(found.key) is not None and user.has_perm("pilots.correct_closed_value")
    form = CorrectionForm(request.POST if request.method == "POST" else None, value=found)
    if request.method == "POST":
        if not may_correct:
            raise PermissionDenied
        facts = {"indicator": found.indicator, "unit": found.unit, "period": _span_of(found), "by": user}
        saved = form.call(save_value, **facts, **form.cleaned_data) if form.is_valid() else None
        if saved is not None:
            messages.success(request, f"已更正。{CLOSE_AGAIN}")
            return redirect("value", pk)
        found = get_object_or_404(values_for(user), pk=pk)
    context = _facts(found, user) | {"form": form if may_correct else None}
    return render(request, "values/value.html", context, status=422 if form.errors else 200)


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A word on a figure; one that is refused stands on the page again."""
    user, text = person(request), request.POST.get("text", "")
    found = get_object_or_404(values_for(user), pk=pk)
    if attempt(request, comment_value, found, text=text, by=user, said="意见已提交。"):
        return redirect("value", pk)
    return render(request, "values/value.html", _facts(found, user) | {"typed": text}, status=422)


def _facts(found: ReportedValue, user: User) -> dict[str, Any]:
    """What the page of a figure shows."""
    return {
        "value": found,
        "period": _span_of(found),
        "closing": closing_of(found.key),
        "history": history(found)[:50],
        "comments": found.comments.select_related("by"),
        "may_comment": user.has_perm("pilots.comment_value"),
    }


def _period(request: HttpRequest, user: User) -> Period:
    """The one that was chosen; what cannot be entered for is not there."""
    asked = request.GET.get("period", "")
    today = timezone.localdate()
    if not asked:
        return first_period(user, today)
    found = next((one for one in entry_periods(today) if one.key == asked), None)
    if found is None:
        raise Http404
    return found


def _save_all(request: HttpRequest, user: User, grid: Grid) -> dict[str, dict[str, Any]]:
    """Save every cell that was posted and is another; by its key what became of it."""
    told = {}
    for key, cell in grid.cells.items():
        if f"version-{key}" in request.POST:
            cell.typed = {
                name: request.POST.get(f"{name}-{key}", "").strip() for name in ("number", "below", "reason", "version")
            }
            if _is_changed(cell):
                told[key] = _save(cell, grid.period, user)
    return told


def _is_changed(cell: Cell) -> bool:
    stood = {part.name: part.text for part in Cell(cell.indicator, cell.unit, cell.value, None).parts}
    stood["reason"] = cell.value.reason if cell.value else ""
    return any(cell.typed.get(name, "") != text for name, text in stood.items())


def _save(cell: Cell, period: Period, user: User) -> dict[str, Any]:
    """One cell; the answer tells the page what to say beside it."""
    try:
        cell.value = save_value(
            indicator=cell.indicator,
            unit=cell.unit,
            period=period,
            number=typed_number(cell.typed["number"]),
            below=typed_number(cell.typed["below"]) if cell.indicator.is_ratio else None,
            reason=cell.typed["reason"],
            version=whole_number(cell.typed["version"]) or 0,
            by=user,
        )
    except Overtaken as error:
        cell.value, cell.problem = error.current, str(error)
        return {"state": "stale", "text": cell.problem, "version": cell.version}
    except (Refused, ValidationError) as error:
        cell.problem, cell.wants_reason = "".join(sentences(error)), isinstance(error, WantsReason)
        return {"state": "reason" if cell.wants_reason else "refused", "text": cell.problem}
    cell.typed = {}
    half = "" if cell.value.is_complete or not (cell.value.number or cell.value.below) else "，还差一个数"
    url = reverse("value", args=[cell.value.pk])
    return {"state": "saved", "text": f"已保存{half}", "version": cell.version, "url": url}


def _rows(grid: Grid) -> Iterator[tuple[object, ...]]:
    for cell in grid.cells.values():
        now, last = cell.value, cell.last
        numbers = [one and getattr(one, name) for one in (now, last) for name in ("number", "below")]
        yield (cell.unit.name, cell.indicator.name, *numbers, cell.indicator.unit, cell.reason)


def _span_of(found: ReportedValue) -> Period:
    period = parse_period(found.key)
    if period is None:
        raise Http404
    return period
