"""数据封存: what is closed, in which versions; the office closes a period, corrects it, has it recounted."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pilots.forms.closing import ClosingForm
from pilots.pace import cell
from pilots.queries.closing import closed_for, closings
from pilots.services.closing import close_figures, is_intact, recount
from portal.accounts.requests import PAGE_SIZE, demand
from portal.exchange.workbook import Column, as_download, write
from portal.measures import level_called
from portal.text.official import official_date

COLUMNS = (
    Column("指标", 36),
    Column("考察层级", 14),
    Column("考察对象", 30),
    Column("数值", 12),
    Column("计量单位", 10),
    Column("分子", 12),
    Column("分母", 12),
)


@require_http_methods(["GET", "HEAD", "POST"])
def closing_list(request: HttpRequest) -> HttpResponse:
    """All closings; the office closes a period that is over, or corrects one."""
    user = demand(request, "pilots.view_values")
    may_close = user.has_perm("pilots.close_figures")
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        demand(request, "pilots.close_figures")
        if form.is_valid():
            closed = form.call(close_figures, by=user, **form.chosen())
            if closed is not None:
                messages.success(request, f"{closed}已封存，共{closed.figures.count()}项数据。")
                return redirect("closing", closed.pk)
    page = Paginator(closings(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form if may_close else None}
    return render(request, "values/closings.html", context, status=422 if form.errors else 200)


@require_safe
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of one version as far as one sees them; ``?recount=1`` counts anew and shows what is another."""
    user = demand(request, "pilots.view_values")
    found = get_object_or_404(closings(), pk=pk)
    page = Paginator(closed_for(user, found), PAGE_SIZE).get_page(request.GET.get("page"))
    may_recount = user.has_perm("pilots.close_figures")
    context = {
        "closing": found,
        "page": page,
        "versions": closings().filter(key=found.key),
        "may_recount": may_recount,
        "is_intact": is_intact(found),
        "differences": recount(found) if may_recount and request.GET.get("recount") else None,
        "today": timezone.localdate(),
    }
    return render(request, "values/closing.html", context)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The same figures as Excel."""
    user = demand(request, "pilots.view_values")
    found = get_object_or_404(closings(), pk=pk)
    rows = (
        (
            one.name,
            level.label if (level := level_called(one.level)) else "",
            one.subject_name,
            cell(one.value),
            one.measured_in,
            cell(one.above),
            cell(one.below),
        )
        for one in closed_for(user, found)
    )
    note = f"{official_date(timezone.localdate(found.at))}封存，校验码{found.digest}"
    return as_download(write(f"{found}", COLUMNS, rows, note=note), f"{found}封存数据.xlsx")
