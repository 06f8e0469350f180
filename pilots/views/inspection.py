"""督导检查: the list, one inspection, and what was found in one unit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pilots.forms.inspection import AnswerForm, CorrectionForm, FindingsForm, InspectionFilter
from pilots.models import InspectedUnit, Inspection
from pilots.queries.inspection import (
    corrections_for,
    inspected_for,
    inspections_for,
    listed_inspections,
    sees_findings,
    visits_of,
)
from pilots.services import inspection as services
from pilots.states.inspection import PENDING_CORRECTIONS, RECORDING, InspectionState
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import take_step
from portal.audit.models import history
from portal.exchange.workbook import Column, as_download, write
from portal.notices.services import mark_seen
from portal.workflow import available

COLUMNS = (
    Column("受检单位", 28),
    Column("检查日期", 14),
    Column("检查内容", 28),
    Column("结果", 10),
    Column("说明", 50),
)


@require_safe
def inspections(request: HttpRequest) -> HttpResponse:
    """All that concern the person, the latest first, with how many corrections are pending and late."""
    user = demand(request, "pilots.view_inspections")
    form = InspectionFilter(request.GET)
    narrowing = form.narrowing()
    context = {
        "form": form,
        "page": Paginator(listed_inspections(user, **narrowing), PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(narrowing),
        "may_add": user.has_perm("pilots.add_inspection"),
        "may_keep_lists": user.has_perm("pilots.manage_checklists"),
    }
    return render(request, "inspections/list.html", context)


@require_safe
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """The visit: when, by whom, what is looked at, and each unit with what was found."""
    user, found = visible_inspection(request, pk)
    return render(request, "inspections/inspection.html", _page(found, user))


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """通知、反馈、办结、取消."""
    user, found = visible_inspection(request, pk)
    typed = take_step(request, found, name, services.ACTS, by=user)
    if not typed:
        return redirect("inspection", pk)
    return render(request, "inspections/inspection.html", _page(found, user) | typed, status=422)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Every finding, one line each, in Excel."""
    user, found = visible_inspection(request, pk)
    visits = [row for row in visits_of(user, found) if sees_findings(user, row)]
    lines = (
        (
            row.unit.name,
            row.visited_on.isoformat() if row.visited_on else "",
            finding.item.name,
            finding.get_result_display(),
            finding.remark,
        )
        for row in visits
        for finding in row.findings.all()
    )
    return as_download(write(f"{found.name}检查情况", COLUMNS, lines), f"{found.name}检查情况.xlsx")


@require_safe
def inspected(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what was found, what has to be put right and how far that is."""
    user, found = visible_visit(request, pk)
    mark_seen(about=found, by=user)
    return render(request, "inspections/inspected.html", visit_page(found, user))


@require_POST
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found; kept as far as it goes."""
    user, found = visible_visit(request, pk)
    if not user.has_perm("pilots.write_findings", found):
        raise PermissionDenied
    form = FindingsForm(request.POST, inspected=found)
    if form.is_valid():
        saved = form.call(
            services.write_findings,
            inspected=found,
            by=user,
            visited_on=form.cleaned_data["visited_on"],
            remark=form.cleaned_data["remark"],
            findings=form.found(),
        )
        if saved is not None:
            messages.success(request, "检查记录已保存。")
            return redirect("inspected", pk)
    page = visit_page(found, user) | {"findings_form": form}
    return render(request, "inspections/inspected.html", page, status=422)


def visible_inspection(request: HttpRequest, pk: int) -> tuple[User, Inspection]:
    """The person and an inspection that he sees, else 404."""
    user = person(request)
    return user, get_object_or_404(inspections_for(user), pk=pk)


def visible_visit(request: HttpRequest, pk: int) -> tuple[User, InspectedUnit]:
    """The person and the visit of a unit that he sees, else 404."""
    user = person(request)
    return user, get_object_or_404(inspected_for(user), pk=pk)


def visit_page(found: InspectedUnit, user: User) -> dict[str, Any]:
    """What the page of one visited unit shows to ``user``."""
    writes = user.has_perm("pilots.write_findings", found) and found.inspection.state in RECORDING
    shown = sees_findings(user, found)
    rows = corrections_for(user).filter(inspected=found) if shown else ()
    return {
        "inspected": found,
        "inspection": found.inspection,
        "shown": shown,
        "items": found.inspection.items.all(),
        "findings": found.findings.select_related("item") if shown else (),
        "findings_form": FindingsForm(inspected=found) if writes else None,
        "correction_form": CorrectionForm() if writes else None,
        "corrections": [(row, available(row, user), _may_answer(row, user)) for row in rows],
        "answer_form": AnswerForm(),
    }


def _may_answer(row: Any, user: User) -> bool:
    given = row.inspected.inspection.state == InspectionState.REPORTED
    return given and row.state == "open" and user.has_perm("pilots.answer_correction", row)


def _page(found: Inspection, user: User) -> dict[str, Any]:
    visits = [
        {
            "row": row,
            "shown": sees_findings(user, row),
            "unmet": sum(finding.result == "unmet" for finding in row.findings.all()),
            "asked": len(row.corrections.all()),
            "pending": sum(one.state in PENDING_CORRECTIONS for one in row.corrections.all()),
        }
        for row in visits_of(user, found)
    ]
    leads = user.has_perm("pilots.manage_inspection", found)
    return {
        "inspection": found,
        "visits": visits,
        "items": found.items.all(),
        "leads": leads,
        "is_preparing": found.state == InspectionState.PREPARING,
        "steps": available(found, user),
        "act_address": f"{reverse('inspection', args=[found.pk])}act/",
        "changes": history(found) if leads else [],
    }
