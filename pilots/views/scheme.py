"""考核方案: the list, one scheme with its items, and changing them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilots.forms.scheme import CopyForm, ItemForm, SchemeForm
from pilots.models import Scheme, SchemeItem
from pilots.queries.assessed_figures import formula_names
from pilots.queries.assessment import schemes as all_schemes
from pilots.services import scheme as services
from pilots.views.assessment import tabs
from portal.accounts.requests import demand
from portal.answers import attempt

FIELDS = ("name", "basis", "full_points", "note", "is_active")


@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """All schemes; whoever may hold an assessment reads them, the office keeps them."""
    user = demand(request, "pilots.view_schemes")
    context = {"rows": all_schemes(), "may_keep": user.has_perm("pilots.manage_schemes")} | tabs(user)
    return render(request, "assessments/schemes.html", context)


@require_safe
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Its items with their points, and what still stands in the way of using it."""
    demand(request, "pilots.view_schemes")
    return _scheme_page(request, get_object_or_404(Scheme, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A scheme without items."""
    demand(request, "pilots.manage_schemes")
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, basis, full points; assessments that have opened keep what they copied."""
    demand(request, "pilots.manage_schemes")
    return _form_page(request, get_object_or_404(Scheme, pk=pk))


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy to change."""
    user = demand(request, "pilots.manage_schemes")
    found, form = get_object_or_404(Scheme, pk=pk), CopyForm(request.POST)
    if form.is_valid():
        made = form.call(services.copy_scheme, scheme=found, by=user, **form.cleaned_data)
        if made is not None:
            messages.success(request, "已复制，可以修改。")
            return redirect("scheme", made.pk)
    return _scheme_page(request, found, copy_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def new_item(request: HttpRequest, pk: int) -> HttpResponse:
    """添加考核内容."""
    demand(request, "pilots.manage_schemes")
    return _item_page(request, get_object_or_404(Scheme, pk=pk), None)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """修改考核内容."""
    demand(request, "pilots.manage_schemes")
    found = get_object_or_404(SchemeItem.objects.select_related("scheme", "indicator"), pk=pk)
    return _item_page(request, found.scheme, found)


@require_POST
def drop_item(request: HttpRequest, pk: int) -> HttpResponse:
    """删去考核内容."""
    user = demand(request, "pilots.manage_schemes")
    found = get_object_or_404(SchemeItem, pk=pk)
    attempt(request, services.delete_item, found, by=user, said="已删去。")
    return redirect("scheme", found.scheme_id)


def _scheme_page(request: HttpRequest, found: Scheme, copy_form: CopyForm | None = None) -> HttpResponse:
    items = list(found.items.select_related("indicator"))
    context = {
        "scheme": found,
        "items": items,
        "formula_names": formula_names(items),
        "total": sum(item.weight for item in items),
        "problems": services.problems_of(found),
        "may_keep": request.user.has_perm("pilots.manage_schemes"),
        "copy_form": copy_form or CopyForm(),
        "rounds": found.assessments.count(),
    }
    return render(request, "assessments/scheme.html", context, status=422 if copy_form else 200)


def _form_page(request: HttpRequest, found: Scheme | None) -> HttpResponse:
    user, posted = demand(request, "pilots.manage_schemes"), request.method == "POST"
    initial = {name: getattr(found, name) for name in FIELDS} if found else {}
    form = SchemeForm(request.POST if posted else None, initial=initial)
    if posted and form.is_valid():
        saved = form.call(services.save_scheme, scheme=found, by=user, **form.cleaned_data)
        if saved is not None:
            messages.success(request, "方案已保存。")
            return redirect("scheme", saved.pk)
    context = {"form": form, "scheme": found, "heading": "修改考核方案" if found else "新建考核方案"}
    return render(request, "assessments/scheme_form.html", context, status=422 if posted else 200)


def _item_page(request: HttpRequest, of: Scheme, found: SchemeItem | None) -> HttpResponse:
    user, posted = demand(request, "pilots.manage_schemes"), request.method == "POST"
    form = ItemForm(request.POST if posted else None, item=found)
    if posted and form.is_valid():
        saved = form.call(services.save_item, item=found, scheme=of, by=user, **form.cleaned_data)
        if saved is not None:
            messages.success(request, "考核内容已保存。")
            return redirect("scheme", of.pk)
    heading = f"修改考核内容：{found}" if found else "添加考核内容"
    context = {"form": form, "scheme": of, "heading": heading}
    return render(request, "assessments/scheme_form.html", context, status=422 if posted else 200)
