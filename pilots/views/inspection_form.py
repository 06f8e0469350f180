"""Preparing an inspection: who visits whom when, and the checklist."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pilots.forms.inspection import InspectionForm
from pilots.forms.rows import LineForm, filled, typed_rows
from pilots.models import Inspection
from pilots.queries.inspection import checklists
from pilots.rules.inspection import inspecting_units
from pilots.services import inspection as services
from pilots.services.inspection import TypedLine
from pilots.states.inspection import InspectionState
from pilots.views.inspection import visible_inspection
from portal.accounts.models import User
from portal.accounts.requests import demand, whole_number
from portal.answers import attempt

FIELDS = ("name", "starts_on", "ends_on", "inspectors", "note")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """准备检查, from a checklist chosen by ``?list=``."""
    user = demand(request, "pilots.add_inspection")
    return _form_page(request, user, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what nobody was told of yet."""
    user, found = visible_inspection(request, pk)
    if not user.has_perm("pilots.manage_inspection", found):
        raise PermissionDenied
    if found.state != InspectionState.PREPARING:
        messages.info(request, f"本次检查{found.get_state_display()}，安排不能再改。")
        return redirect("inspection", pk)
    return _form_page(request, user, found)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what nobody was told of."""
    user, found = visible_inspection(request, pk)
    done = attempt(request, services.delete_inspection, found, by=user, said="已删除。")
    return redirect("inspections") if done else redirect("inspection", pk)


def _form_page(request: HttpRequest, user: User, found: Inspection | None) -> HttpResponse:
    posted = request.method == "POST"
    leaders = [found.led_by] if found else inspecting_units(user)
    form = InspectionForm(request.POST if posted else None, initial=_initial(found), leaders=leaders)
    rows = typed_rows(LineForm, request.POST if posted else None, initial=_lines(request, found))
    if posted and form.is_valid() and rows.is_valid():
        lines = [TypedLine(row["name"], row["how"]) for row in filled(rows)]
        data: dict[str, Any] = dict(form.cleaned_data)
        if found is None:
            saved = form.call(services.plan_inspection, by=user, lines=lines, **data)
        else:
            del data["led_by"]
            saved = form.call(services.save_inspection, inspection=found, by=user, lines=lines, **data)
        if saved is not None:
            messages.success(request, "已保存。")
            return redirect("inspection", saved.pk)
    context = {"form": form, "rows": rows, "inspection": found, "checklists": checklists()}
    return render(request, "inspections/form.html", context, status=422 if posted else 200)


def _initial(found: Inspection | None) -> dict[str, Any]:
    if found is None:
        return {}
    names = "、".join(found.inspected.values_list("unit__name", flat=True))
    return {name: getattr(found, name) for name in FIELDS} | {"units": names, "led_by": found.led_by_id}


def _lines(request: HttpRequest, found: Inspection | None) -> list[dict[str, Any]]:
    """The inspection's own lines, or those of the checklist asked for (the first one if none is)."""
    if found is not None:
        return [{"name": item.name, "how": item.how} for item in found.items.all()]
    templates = list(checklists())
    wanted = whole_number(request.GET.get("list", ""))
    template = next((row for row in templates if row.pk == wanted), templates[0] if templates else None)
    return [{"name": line.name, "how": line.how} for line in template.lines.all()] if template else []
