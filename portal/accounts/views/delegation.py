"""我的岗位: one's own posts, the deputy (B角) of one's unit, and who acts for whom (代办)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.forms.delegation import ArrangeForm, DeputyForm, LendForm
from portal.accounts.models import Unit, User
from portal.accounts.queries.acting import (
    actings_for,
    deputies_of,
    given_by,
    people_of,
    posts_to_lend,
    received_by,
)
from portal.accounts.queries.post import active_people, people_for
from portal.accounts.requests import person
from portal.accounts.roles import Role
from portal.accounts.services.acting import authorise_acting, end_acting
from portal.accounts.services.deputy import end_deputy, name_deputy
from portal.answers import attempt


@require_safe
def own_posts(request: HttpRequest) -> HttpResponse:
    """What one holds, lends and was lent."""
    return render(request, "accounts/own_posts.html", _shown(person(request)))


@require_POST
def deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a deputy of the unit ``pk``, of which one is the officer."""
    user = person(request)
    unit = next((unit for unit in _officer_units(user) if unit.pk == pk), None)
    if unit is None:
        raise PermissionDenied
    form = DeputyForm(request.POST, units=[unit])
    if form.is_valid():
        post = form.call(name_deputy, unit=unit, by=user, **form.cleaned_data)
        if post is not None:
            messages.success(request, f"已明确{post.user}为“{unit}”的临时B角，并通知了本人。")
            return redirect("own-posts")
    context = _shown(user)
    context["officer_units"] = [(own, form if own == unit else blank) for own, blank in context["officer_units"]]
    return render(request, "accounts/own_posts.html", context, status=422)


@require_POST
def deputy_end(request: HttpRequest, pk: int) -> HttpResponse:
    """提前结束 a deputy's time."""
    user = person(request)
    post = get_object_or_404(deputies_of(_officer_units(user)), pk=pk)
    attempt(request, end_deputy, post, by=user, said=f"{post.user}不再担任“{post.unit}”的临时B角。")
    return redirect("own-posts")


@require_POST
def lend(request: HttpRequest) -> HttpResponse:
    """Let somebody act for oneself."""
    user = person(request)
    if not posts_to_lend(user):
        raise PermissionDenied
    form = LendForm(request.POST, units=_units(user))
    if form.is_valid():
        acting = form.call(authorise_acting, principal=user, by=user, **form.cleaned_data)
        if acting is not None:
            messages.success(request, f"已委托{acting.agent}代办，并通知了本人。")
            return redirect("own-posts")
    return render(request, "accounts/own_posts.html", _shown(user) | {"lend_form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """安排代办, by an admin, for the person ``pk``."""
    by = person(request)
    found = get_object_or_404(people_for(by), pk=pk)
    form = ArrangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        acting = form.call(authorise_acting, principal=found, by=by, **form.cleaned_data)
        if acting is not None:
            messages.success(request, f"已安排{acting.agent}代{found}办理，并通知了本人。")
            return redirect("person", pk)
    context = {"form": form, "person": found, "people": active_people()}
    return render(request, "accounts/acting_form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def acting_end(request: HttpRequest, pk: int) -> HttpResponse:
    """结束代办, by who asked for it, who does it, or an admin."""
    acting = get_object_or_404(actings_for(person(request)), pk=pk)
    attempt(request, end_acting, acting, by=person(request), said=f"{acting}已结束。")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "own-posts")


def _officer_units(user: User) -> list[Unit]:
    return [post.unit for post in user.own_posts if post.role == Role.INFORMATION_OFFICER]


def _units(user: User) -> list[Unit]:
    return [post.unit for post in posts_to_lend(user)]


def _shown(user: User) -> dict[str, Any]:
    units = _officer_units(user)
    deputies = list(deputies_of(units)) if units else []
    lendable = _units(user)
    return {
        "posts": user.own_posts,
        "acted_posts": user.acted_posts,
        "officer_units": [(unit, DeputyForm(units=[unit], auto_id=f"deputy-{unit.pk}-%s")) for unit in units],
        "deputies": deputies,
        "given": given_by(user),
        "received": received_by(user),
        "lend_form": LendForm(units=lendable) if lendable else None,
        "people": people_of(lendable).exclude(pk=user.pk) if lendable else [],
        "today": timezone.localdate(),
    }
