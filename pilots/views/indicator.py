"""指标: what each figure means, where it comes from, who uses it; the office adds, changes and switches off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilots.forms.indicator import IndicatorForm, RuleForm, SetForm, indicator_initial
from pilots.models import Indicator, IndicatorSet, ValueRule
from pilots.queries.indicator import by_set, uses_of
from pilots.queries.reported import entered_period, previous_entered
from pilots.services import indicator as services
from portal.accounts.requests import demand
from portal.answers import attempt
from portal.audit.models import history
from portal.measures import level_called, measure_called


@require_safe
def indicators(request: HttpRequest) -> HttpResponse:
    """All indicators, set by set, with clause, force and how each is got."""
    user = demand(request, "pilots.view_targets")
    may_manage = user.has_perm("pilots.manage_indicators")
    context = {"groups": by_set(with_unused=may_manage), "may_manage": may_manage}
    return render(request, "indicators/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator: its definition, the rules for what is reported, and who uses it; a post adds a rule."""
    user = demand(request, "pilots.view_targets")
    found = get_object_or_404(Indicator.objects.select_related("belongs_to"), pk=pk)
    may_manage = user.has_perm("pilots.manage_indicators")
    form = RuleForm(request.POST if request.method == "POST" else None, indicator=found)
    if request.method == "POST":
        demand(request, "pilots.manage_indicators")
        rule = form.call(services.add_rule, indicator=found, by=user, **form.cleaned_data) if form.is_valid() else None
        if rule is not None:
            messages.success(request, "校验规则已增加。")
            return redirect("indicator", pk)
    level, reported = level_called(found.level), level_called(found.reported_by)
    now = entered_period(found, timezone.localdate())
    context = {
        "indicator": found,
        "level": level.label if level else "",
        "reported_by": reported.label if reported else "",
        "measure": measure_called(found.measure),
        "denominator": measure_called(found.denominator),
        "rules": found.rules.select_related("other"),
        "uses": uses_of(found, user),
        "periods": [now, previous_entered(now)],
        "form": form if may_manage and found.is_reported else None,
        "may_manage": may_manage,
        "history": history(found)[:20],
    }
    return render(request, "indicators/indicator.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Another indicator, of any area's policy."""
    demand(request, "pilots.manage_indicators")
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an indicator, or switch it off; what is closed stays as it was."""
    demand(request, "pilots.manage_indicators")
    return _edit(request, get_object_or_404(Indicator, pk=pk))


@require_POST
def delete_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a rule."""
    user = demand(request, "pilots.manage_indicators")
    rule = get_object_or_404(ValueRule.objects.select_related("indicator"), pk=pk)
    attempt(request, services.delete_rule, rule, by=user, said="校验规则已取消。")
    return redirect("indicator", rule.indicator_id)


@require_http_methods(["GET", "HEAD", "POST"])
def new_set(request: HttpRequest) -> HttpResponse:
    """Another set."""
    demand(request, "pilots.manage_indicators")
    return _edit_set(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a set, or switch it off."""
    demand(request, "pilots.manage_indicators")
    return _edit_set(request, get_object_or_404(IndicatorSet, pk=pk))


def _edit(request: HttpRequest, found: Indicator | None) -> HttpResponse:
    user = demand(request, "pilots.manage_indicators")
    initial: dict[str, Any] = indicator_initial(found) if found else {}
    form = IndicatorForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = form.call(services.save_indicator, indicator=found, by=user, **form.values())
        if saved is not None:
            messages.success(request, "指标已保存。")
            return redirect("indicator", saved.pk)
    context = {"form": form, "found": found, "title": "修改指标" if found else "新增指标"}
    return render(request, "indicators/form.html", context, status=422 if request.method == "POST" else 200)


def _edit_set(request: HttpRequest, found: IndicatorSet | None) -> HttpResponse:
    user = demand(request, "pilots.manage_indicators")
    names = ("name", "source", "order", "is_active")
    initial = {name: getattr(found, name) for name in names} if found else {}
    form = SetForm(request.POST if request.method == "POST" else None, initial=initial)
    is_sent = request.method == "POST" and form.is_valid()
    saved = form.call(services.save_set, of=found, by=user, **form.cleaned_data) if is_sent else None
    if saved is not None:
        messages.success(request, "指标组已保存。")
        return redirect("indicators")
    context = {"form": form, "found": None, "title": "修改指标组" if found else "新增指标组"}
    return render(request, "indicators/form.html", context, status=422 if request.method == "POST" else 200)
