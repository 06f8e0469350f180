"""Giving posts in a unit, handing them over, ending them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.forms.post import EndPostForm, GivePostForm, HandOverForm
from portal.accounts.models import Unit
from portal.accounts.queries.post import active_people, posts_for
from portal.accounts.queries.unit import units_for
from portal.accounts.requests import demand, person
from portal.accounts.services.handover import hand_over as pass_post_on
from portal.accounts.services.handover import will_pass
from portal.accounts.services.post import end_post, give_post


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """任命: a post in a unit; ``?role=`` chooses beforehand, as 明确信息员 does."""
    unit = get_object_or_404(units_for(person(request)), pk=pk)
    by = demand(request, "accounts.manage_units")
    initial = {"role": request.GET.get("role", ""), "user": request.GET.get("user", ""), "since": timezone.localdate()}
    form = GivePostForm(request.POST if request.method == "POST" else None, unit=unit, initial=initial)
    if request.method == "POST" and form.is_valid():
        post = form.call(give_post, unit=unit, by=by, **form.cleaned_data)
        if post:
            messages.success(request, f"已任命{post.user}为“{unit}”的{post.get_role_display()}。")
            return redirect("unit", unit.pk)
    return _page(request, form, unit, f"在“{unit}”任命岗位", "确定任命")


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """交接: the one holds it up to the day before, the other from that day on; first it says what goes along."""
    post = get_object_or_404(posts_for(person(request)), pk=pk)
    by = demand(request, "accounts.manage_units")
    initial = {"since": max(timezone.localdate(), post.during.lower + timedelta(days=1))}
    form = HandOverForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        new = form.call(pass_post_on, post=post, by=by, **form.cleaned_data)
        if new:
            messages.success(request, f"“{post.unit}”的{post.get_role_display()}已由{post.user}交接给{new.user}。")
            return redirect("unit", post.unit_id)
    title = f"“{post.unit}”{post.get_role_display()}交接"
    context = {"now": post.user, "passing": will_pass(post), "template": "accounts/hand_over.html"}
    return _page(request, form, post.unit, title, "确定交接", **context)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """免去: the last day is chosen, the history stays."""
    post = get_object_or_404(posts_for(person(request)), pk=pk)
    by = demand(request, "accounts.manage_units")
    form = EndPostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.call(end_post, post=post, by=by, **form.cleaned_data)
        if form.is_valid():
            messages.success(request, f"已登记{post.user}不再担任“{post.unit}”的{post.get_role_display()}。")
            return redirect("unit", post.unit_id)
    return _page(request, form, post.unit, f"免去“{post.unit}”{post.get_role_display()}", "确定免去", now=post.user)


def _page(request: HttpRequest, form: Any, unit: Unit, heading: str, button: str, **context: Any) -> HttpResponse:
    may_open = person(request).has_perm("accounts.manage_users")
    context |= {"form": form, "unit": unit, "heading": heading, "button": button}
    context |= {"people": active_people(), "may_open": may_open}
    template = context.pop("template", "accounts/unit_form.html")
    return render(request, template, context, status=422 if request.method == "POST" else 200)
