"""Preparing a round: which communities, by which scheme, until when each step lasts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pilots.forms.assessment import AssessmentForm, PostponeForm
from pilots.models import Assessment
from pilots.queries.holding import holding_units
from pilots.services import assessment as services
from pilots.services.assessment_days import postpone as put_off
from pilots.states.assessment import DAYS_OPEN, AssessmentState
from pilots.views.assessment import visible_assessment
from portal.accounts.models import Unit, User
from portal.accounts.requests import demand, whole_number
from portal.answers import attempt

FIELDS = (
    "name",
    "scheme",
    "period",
    "base_period",
    "self_until",
    "county_until",
    "review_until",
    "objections_until",
    "note",
)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """准备考核 in the name of the unit chosen by ``?by=``, the first one if none is."""
    user = demand(request, "pilots.add_assessment")
    holders = holding_units(user)
    wanted = whole_number(request.GET.get("by", ""))
    return _form_page(request, user, None, next((unit for unit in holders if unit.pk == wanted), holders[0]))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what nobody was told of yet."""
    user, found = visible_assessment(request, pk)
    if not user.has_perm("pilots.manage_assessment", found):
        raise PermissionDenied
    if found.state != AssessmentState.PREPARING:
        messages.info(request, f"本次考核现在是“{found.get_state_display()}”，安排不能再改。")
        return redirect("assessment", pk)
    return _form_page(request, user, found, found.held_by)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what nobody was told of."""
    user, found = visible_assessment(request, pk)
    done = attempt(request, services.delete_assessment, found, by=user, said="已删除。")
    return redirect("assessments") if done else redirect("assessment", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """延期: later days for the steps that are not over."""
    user, found = visible_assessment(request, pk)
    if not user.has_perm("pilots.manage_assessment", found):
        raise PermissionDenied
    if found.state not in DAYS_OPEN:
        messages.info(request, f"本次考核现在是“{found.get_state_display()}”，不能延期。")
        return redirect("assessment", pk)
    posted = request.method == "POST"
    form = PostponeForm(request.POST if posted else None, assessment=found)
    if posted and form.is_valid() and form.call(put_off, assessment=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, "已延期，新的日期和理由已告知参评单位。")
        return redirect("assessment", pk)
    context = {"form": form, "assessment": found}
    return render(request, "assessments/postpone.html", context, status=422 if posted else 200)


def _form_page(request: HttpRequest, user: User, found: Assessment | None, held_by: Unit) -> HttpResponse:
    posted = request.method == "POST"
    form = AssessmentForm(request.POST if posted else None, initial=_initial(found), held_by=held_by)
    if posted and form.is_valid():
        saved = form.call(services.plan_assessment, assessment=found, by=user, held_by=held_by, **form.cleaned_data)
        if saved is not None:
            messages.success(request, "已保存。")
            return redirect("assessment", saved.pk)
    context = {"form": form, "assessment": found, "held_by": held_by, "holders": holding_units(user)}
    return render(request, "assessments/form.html", context, status=422 if posted else 200)


def _initial(found: Assessment | None) -> dict[str, Any]:
    if found is None:
        return {}
    names = "、".join(found.communities.values_list("community__name", flat=True))
    return {name: getattr(found, name) for name in FIELDS} | {"communities": names}
