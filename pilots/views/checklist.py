"""检查清单: the checklists that inspections start from."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pilots.forms.inspection import ChecklistForm
from pilots.forms.rows import LineForm, filled, typed_rows
from pilots.models import ChecklistTemplate
from pilots.services.inspection import TypedLine, save_checklist
from portal.accounts.requests import demand


@require_safe
def checklists(request: HttpRequest) -> HttpResponse:
    """All of them, also those out of use."""
    demand(request, "pilots.manage_checklists")
    rows = ChecklistTemplate.objects.prefetch_related("lines")
    return render(request, "inspections/checklists.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new checklist."""
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one; inspections keep their own copies."""
    demand(request, "pilots.manage_checklists")
    return _form_page(request, get_object_or_404(ChecklistTemplate, pk=pk))


def _form_page(request: HttpRequest, found: ChecklistTemplate | None) -> HttpResponse:
    user, posted = demand(request, "pilots.manage_checklists"), request.method == "POST"
    initial = {"name": found.name, "is_active": found.is_active} if found else {"is_active": True}
    typed = [{"name": line.name, "how": line.how} for line in found.lines.all()] if found else []
    form = ChecklistForm(request.POST if posted else None, initial=initial)
    rows = typed_rows(LineForm, request.POST if posted else None, initial=typed)
    if posted and form.is_valid() and rows.is_valid():
        lines = [TypedLine(row["name"], row["how"]) for row in filled(rows)]
        if form.call(save_checklist, template=found, by=user, lines=lines, **form.cleaned_data) is not None:
            messages.success(request, "检查清单已保存。")
            return redirect("checklists")
    context = {"form": form, "rows": rows, "checklist": found}
    return render(request, "inspections/checklist.html", context, status=422 if posted else 200)
