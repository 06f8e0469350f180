"""单位与岗位: the register of units."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.forms.base import PlainForm
from portal.accounts.forms.unit import EditUnitForm, MoveForm, RegisterUnitForm, RenameForm, UnitFilter
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit import listed_units, the_programme, units_for
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.accounts.services.unit import place_unit, register_unit, rename_unit, update_unit


@require_GET
def unit_list(request: HttpRequest) -> HttpResponse:
    """All units, narrowed by kind, area and text."""
    user = demand(request, "accounts.view_units")
    form = UnitFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = Paginator(listed_units(user, **wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "may_manage": user.has_perm("accounts.manage_units")}
    return render(request, "accounts/units.html", context)


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """A new unit."""
    user = demand(request, "accounts.manage_units")
    form = RegisterUnitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = form.call(register_unit, programme=the_programme(), by=user, **form.cleaned_data)
        if made:
            messages.success(request, f"已登记“{made}”。接下来可以为它明确信息员。")
            return redirect("unit", made.pk)
    return _form_page(request, form, "登记单位", "登记")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is not dated."""
    found = _find(request, pk)
    user = demand(request, "accounts.manage_units")
    initial = {
        name: getattr(found, name) for name in ("code", "official_order", "is_outside", "is_active", "closed_on")
    }
    initial["aliases"] = "、".join(alias.alias for alias in found.aliases.all())
    form = EditUnitForm(request.POST if request.method == "POST" else None, initial=initial)
    if _done(request, form, update_unit, found, by=user, said="已保存。"):
        return redirect("unit", pk)
    return _form_page(request, form, f"修改“{found}”", "保存", found)


@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name from a day on."""
    found = _find(request, pk)
    user = demand(request, "accounts.manage_units")
    form = RenameForm(
        request.POST if request.method == "POST" else None, initial={"name": found.name, "short_name": found.short_name}
    )
    if _done(request, form, rename_unit, found, by=user, said="更名已登记。"):
        return redirect("unit", pk)
    return _form_page(request, form, f"“{found}”更名", "确定更名", found)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another unit above it from a day on."""
    found = _find(request, pk)
    user = demand(request, "accounts.manage_units")
    form = MoveForm(request.POST if request.method == "POST" else None, unit=found, initial={"parent": found.parent_id})
    if _done(request, form, place_unit, found, by=user, said="隶属关系已调整。"):
        return redirect("unit", pk)
    return _form_page(request, form, f"调整“{found}”的隶属关系", "确定调整", found)


def _find(request: HttpRequest, pk: int) -> Unit:
    return get_object_or_404(units_for(person(request)).select_related("parent"), pk=pk)


def _done(
    request: HttpRequest, form: PlainForm, service: Callable[..., object], unit: Unit, *, by: User, said: str
) -> bool:
    """Whether what was posted has been done to ``unit``; ``said`` is told then, else the form tells why not."""
    if request.method != "POST" or not form.is_valid():
        return False
    form.call(service, unit=unit, by=by, **form.cleaned_data)
    if form.is_valid():
        messages.success(request, said)
    return form.is_valid()


def _form_page(request: HttpRequest, form: object, heading: str, button: str, unit: Unit | None = None) -> HttpResponse:
    context = {"form": form, "heading": heading, "button": button, "unit": unit}
    return render(request, "accounts/unit_form.html", context, status=422 if request.method == "POST" else 200)
