"""报送情况: expected, submitted, in time per unit and period; 温馨提示 to those who are late."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pilots.forms.reporting_matrix import MatrixFilterForm
from pilots.queries.reporting import periods_for
from pilots.queries.reporting_matrix import Mark, latest_periods, marks, matrix_reports, totals, units_of
from pilots.services.progress_reminding import remind_late
from portal.accounts.models import Unit
from portal.accounts.requests import PAGE_SIZE, demand, posted_number
from portal.exchange.workbook import Column, as_download, write
from portal.text.official import official_date


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """The last periods beside one another, unit by unit; filters stay in the address."""
    user = demand(request, "pilots.view_values")
    form = MatrixFilterForm(request.GET)
    periods = latest_periods(user)
    reports = matrix_reports(user, periods, **form.narrowing())
    page = Paginator(units_of(reports), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "periods": periods,
        "totals": totals(reports, periods),
        "rows": marks(list(page), periods, matrix_reports(user, periods)),
        "asked": request.GET.urlencode(),
        "today": timezone.localdate(),
        "may_remind": user.has_perm("pilots.remind_late"),
    }
    return render(request, "values/matrix.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same as Excel, all units of the narrowed list."""
    user = demand(request, "pilots.view_values")
    periods = latest_periods(user)
    reports = matrix_reports(user, periods, **MatrixFilterForm(request.GET).narrowing())
    rows = marks(list(units_of(reports)), periods, matrix_reports(user, periods))
    columns = [Column("单位", 30), Column("类别", 14), *(Column(period.label, 26) for period in periods)]
    note = f"截至{official_date(timezone.localdate())}"
    return as_download(write("报送情况", columns, _cells(rows), note=note), "报送情况.xlsx")


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """One joined 温馨提示 to whoever is late in the chosen period, as far as one sees them."""
    user = demand(request, "pilots.remind_late")
    period = get_object_or_404(periods_for(user), pk=posted_number(request, "period"))
    reports = matrix_reports(user, [period], **MatrixFilterForm(request.GET).narrowing())
    for sentence in remind_late(reports, by=user).sentences():
        messages.info(request, sentence)
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{reverse('reporting-matrix')}{asked}")


def _cells(rows: list[tuple[Unit, list[Mark]]]) -> Iterator[list[object]]:
    for unit, row in rows:
        yield [unit.name, unit.get_kind_display(), *(_told(mark) for mark in row)]


def _told(mark: Mark) -> str:
    figures = f"数据{mark.filled}/{mark.asked}" if mark.asked else ""
    return "，".join(part for part in (mark.words or "不需报", figures) if part)
