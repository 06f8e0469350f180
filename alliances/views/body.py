"""联合机构: list, page, and writing it down."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alliances.forms.body import BodyForm
from alliances.models import JointBody
from alliances.queries.body import bodies_for, listed_bodies
from alliances.queries.meeting import meetings_for
from alliances.services.body import save_body
from portal.accounts.models import User
from portal.accounts.requests import demand, person

#: The meetings shown on the page of a body; the list of meetings holds all.
LATEST = 20


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """All joint bodies; there are a handful."""
    user = person(request)
    context = {"bodies": listed_bodies(user), "may_manage": user.has_perm("alliances.manage_bodies")}
    return render(request, "bodies/list.html", context)


@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body, with the meetings it called as far as the person may see them."""
    user = person(request)
    found = get_object_or_404(bodies_for(user), pk=pk)
    context = {
        "body": found,
        "meetings": meetings_for(user).filter(body=found).order_by("-start", "-pk")[:LATEST],
        "may_manage": user.has_perm("alliances.manage_bodies", found),
    }
    return render(request, "bodies/body.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """登记联合机构."""
    return _save(request, demand(request, "alliances.manage_bodies"), None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct it."""
    user = person(request)
    found = get_object_or_404(bodies_for(user), pk=pk)
    if not user.has_perm("alliances.manage_bodies", found):
        raise PermissionDenied
    return _save(request, user, found)


def _save(request: HttpRequest, user: User, found: JointBody | None) -> HttpResponse:
    initial = {}
    if found:
        initial = {name: getattr(found, name) for name in ("name", "other_founders", "since", "leads", "duties")}
        initial["founders"] = "、".join(unit.name for unit in found.founders.all())
    form = BodyForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = form.call(save_body, body=found, by=user, **form.cleaned_data)
        if saved is not None:
            messages.success(request, "已保存，可以添加章程等文件。")
            return redirect("body", saved.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "bodies/form.html", {"form": form, "body": found}, status=status)
