"""一县一案、一校一案: the list, a plan's page, writing it and settling it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances.forms.plan import GoalFormSet, PlanFilterForm, PlanForm, goals_of
from alliances.models import Plan
from alliances.queries.plan import listed_plans, plans_for, units_to_plan_for
from alliances.services import plan as services
from alliances.services.plan import PlanWords
from alliances.states.plan import PlanState
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, person
from portal.answers import attempt
from portal.audit.models import history
from portal.notices.services import mark_seen
from portal.workflow import available

SAID = {"settle": "已定稿，结对高校或上级单位会收到消息。", "revise": "已转为起草，改好后请再定稿。"}


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that the person may read; filters stay in the address."""
    user = person(request)
    form = PlanFilterForm(request.GET)
    narrowing = form.narrowing()
    context = {
        "form": form,
        "page": Paginator(listed_plans(user, **narrowing), PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(narrowing),
        "may_add": bool(units_to_plan_for(user)),
    }
    return render(request, "alliances/plans.html", context)


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan with its goals and file."""
    user, found = _visible(request, pk)
    mark_seen(about=found, by=user)
    return _page(request, user, found)


def _page(request: HttpRequest, user: User, found: Plan, typed: Mapping[str, str] | None = None) -> HttpResponse:
    """``typed`` is what was refused and is shown again."""
    context = {
        "plan": found,
        "goals": found.goals.all(),
        "steps": available(found, user),
        "may_write": found.state == PlanState.DRAFT and user.has_perm("alliances.write_plan", found),
        "others": plans_for(user).filter(unit=found.unit).exclude(pk=found.pk).order_by("-school_year"),
        "changes": history(found),
    }
    return render(request, "alliances/plan.html", context | dict(typed or {}), status=409 if typed else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: HttpRequest) -> HttpResponse:
    """起草方案 for a unit and a school year."""
    user = person(request)
    own = units_to_plan_for(user)
    if not own:
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    initial = {"unit": request.GET.get("unit") or own[0].pk}
    form, goals = PlanForm(data, user=user, initial=initial), GoalFormSet(data, prefix="goals")
    if request.method == "POST" and form.is_valid() and goals.is_valid():
        given = form.cleaned_data
        words = PlanWords(given["title"], given["summary"], goals_of(goals))
        made = form.call(
            services.start_plan, unit=given["unit"], words=words, by=user, school_year=given["school_year"]
        )
        if made is not None:
            messages.success(request, "已保存为草稿。核对后请定稿，结对高校才能看到。")
            return redirect("plan", made.pk)
    return _form_page(request, form, goals, None)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on a draft."""
    user, found = _visible(request, pk)
    if not user.has_perm("alliances.write_plan", found):
        raise PermissionDenied
    if found.state != PlanState.DRAFT:
        messages.info(request, "方案已经定稿；要修改请先点“修订”。")
        return redirect("plan", pk)
    data = request.POST if request.method == "POST" else None
    rows = list(found.goals.values("goal", "measure", "due"))
    form = PlanForm(data, user=user, plan=found, initial={"title": found.title, "summary": found.summary})
    goals = GoalFormSet(data, prefix="goals", initial=rows)
    if request.method == "POST" and form.is_valid() and goals.is_valid():
        words = PlanWords(form.cleaned_data["title"], form.cleaned_data["summary"], goals_of(goals))
        if form.call(services.save_plan, plan=found, words=words, by=user) is not None:
            messages.success(request, "修改已保存。")
            return redirect("plan", pk)
    return _form_page(request, form, goals, found)


@require_POST
def plan_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """定稿 or 修订."""
    user, found = _visible(request, pk)
    if name not in SAID:
        raise Http404
    given = {"reason": request.POST.get("reason", "")} if name == "revise" else {}
    if not attempt(request, services.ACTS[name], found, by=user, said=SAID[name], **given) and given:
        found.refresh_from_db()
        return _page(request, user, found, {"typed_for": name, "typed_reason": given["reason"]})
    return redirect("plan", pk)


def _visible(request: HttpRequest, pk: int) -> tuple[User, Plan]:
    user = person(request)
    return user, get_object_or_404(plans_for(user), pk=pk)


def _form_page(request: HttpRequest, form: PlanForm, goals: Any, found: Plan | None) -> HttpResponse:
    context = {"form": form, "goals": goals, "plan": found}
    return render(request, "alliances/plan_form.html", context, status=422 if request.method == "POST" else 200)
