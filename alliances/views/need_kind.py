"""需求类型: the list of them, and keeping one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alliances.forms.need_kind import NeedKindForm
from alliances.models import NeedKind
from alliances.queries.need import all_kinds_of_need, next_place
from alliances.services.need_kind import save_need_kind
from portal.accounts.requests import demand

MANAGE = "alliances.manage_need_kinds"


@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """All kinds, in order, with how often each was ordered."""
    demand(request, MANAGE)
    return render(request, "needs/kinds.html", {"kinds": all_kinds_of_need()})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """添加类型."""
    return _save(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename it, move it, take it out of use or back."""
    demand(request, MANAGE)
    return _save(request, get_object_or_404(NeedKind, pk=pk))


def _save(request: HttpRequest, found: NeedKind | None) -> HttpResponse:
    user, posted = demand(request, MANAGE), request.method == "POST"
    initial = {"order": next_place(), "is_active": True}
    if found:
        initial = {name: getattr(found, name) for name in ("name", "order", "is_active")}
    form = NeedKindForm(request.POST if posted else None, initial=initial)
    typed = posted and form.is_valid()
    if typed and form.call(save_need_kind, kind=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, "已保存。")
        return redirect("need-kinds")
    return render(request, "needs/kind_form.html", {"form": form, "kind": found}, status=422 if posted else 200)
