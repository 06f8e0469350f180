"""整改: the list of what has to be put right, asking for it, answering, closing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pilots.forms.inspection import AnswerForm, CorrectionFilter, CorrectionForm
from pilots.models import Correction
from pilots.queries.inspection import corrections_for, listed_corrections
from pilots.services import correction as services
from pilots.services.inspection import ask_correction, drop_correction
from pilots.views.inspection import visible_visit, visit_page
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt
from portal.exchange.workbook import Column, as_download, write
from portal.workflow import workflow_of

COLUMNS = (
    Column("受检单位", 28),
    Column("检查", 30),
    Column("整改事项", 50),
    Column("整改期限", 14),
    Column("状态", 10),
    Column("逾期天数", 10),
    Column("整改情况", 50),
    Column("核对意见", 40),
)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """All that concern the person, the most urgent first."""
    form, rows = _wanted(request)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request, "inspections/corrections.html", {"form": form, "page": page, "narrowed": bool(form.narrowing())}
    )


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same in Excel."""
    _form, rows = _wanted(request)
    lines = (
        (
            row.inspected.unit.name,
            row.inspected.inspection.name,
            row.what,
            row.due.isoformat(),
            row.get_state_display(),
            row.days_late or "",
            row.answer,
            row.remark,
        )
        for row in rows
    )
    return as_download(write("整改事项", COLUMNS, lines), f"整改事项{timezone.localdate():%Y%m%d}.xlsx")


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what a unit has to put right."""
    user, found = visible_visit(request, pk)
    if not user.has_perm("pilots.write_findings", found):
        raise PermissionDenied
    form = CorrectionForm(request.POST)
    if form.is_valid() and form.call(ask_correction, inspected=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, "已添加整改事项，反馈检查情况后受检单位会收到待办。")
        return redirect("inspected", pk)
    page = visit_page(found, user) | {"correction_form": form}
    return render(request, "inspections/inspected.html", page, status=422)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back before the findings are given."""
    user, found = _visible(request, pk)
    attempt(request, drop_correction, found, by=user, said="已删去。")
    return redirect("inspected", found.inspected_id)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """报告整改情况."""
    user, found = _visible(request, pk)
    if not user.has_perm("pilots.answer_correction", found):
        raise PermissionDenied
    form = AnswerForm(request.POST)
    if form.is_valid() and form.call(services.answer, correction=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, "整改情况已报告，请等待核对。")
        return redirect("inspected", found.inspected_id)
    page = visit_page(found.inspected, user) | {"answer_form": form, "answer_for": found.pk}
    return render(request, "inspections/inspected.html", page, status=422)


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """继续整改 or 销号, with a remark."""
    user, found = _visible(request, pk)
    service = services.ACTS.get(name)
    if service is None:
        raise Http404
    step, reason = workflow_of(found).find(name), request.POST.get("reason", "")
    if attempt(request, service, found, by=user, reason=reason, said=f"已{step.label}。"):
        return redirect("inspected", found.inspected_id)
    typed = {"typed_for": f"{found.pk}:{name}", "typed_reason": reason}
    page = visit_page(found.inspected, user) | typed
    return render(request, "inspections/inspected.html", page, status=422)


def _visible(request: HttpRequest, pk: int) -> tuple[User, Correction]:
    user = person(request)
    return user, get_object_or_404(corrections_for(user), pk=pk)


def _wanted(request: HttpRequest) -> tuple[CorrectionFilter, QuerySet[Correction]]:
    user = demand(request, "pilots.view_inspections")
    form = CorrectionFilter(request.GET)
    return form, listed_corrections(user, **form.narrowing())
