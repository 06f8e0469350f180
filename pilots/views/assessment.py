"""考核评价: the list of rounds, one round, and its result as Word and Excel."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pilots.forms.assessment import AssessmentFilter
from pilots.models import Assessment
from pilots.queries.assessed_figures import formula_names
from pilots.queries.assessment import (
    assessed_for,
    assessments_for,
    listed_assessments,
    objections_for,
    reviewing,
)
from pilots.rules.posts import takes_part
from pilots.services import assessment as services
from pilots.services import assessment_tables as tables
from pilots.services.assessment_result import shown_result
from pilots.services.scheme import problems_of
from pilots.states.assessment import DAYS_OPEN, SCORING, AssessmentState
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt, take_step
from portal.audit.models import history
from portal.exchange.workbook import as_download
from portal.files.downloads import word_file
from portal.periods import parse_period
from portal.printing.circular import circular_docx
from portal.workflow import available


@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """All that concern the person, the latest first; an expert is taken to what he scores."""
    user = demand(request, "pilots.view_assessments")
    if not takes_part.test(user):
        return redirect("reviews")
    form = AssessmentFilter(request.GET)
    narrowing = form.narrowing()
    context = {
        "form": form,
        "page": Paginator(listed_assessments(user, **narrowing), PAGE_SIZE).get_page(request.GET.get("page")),
        "narrowed": bool(narrowing),
        "may_add": user.has_perm("pilots.add_assessment"),
    } | tabs(user)
    return render(request, "assessments/list.html", context)


@require_safe
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """The round: how far it is, and each community that the person sees with what it comes to."""
    user, found = visible_assessment(request, pk)
    return render(request, "assessments/assessment.html", _page(found, user))


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """开始自评 … 公布结果、取消."""
    user, found = visible_assessment(request, pk)
    typed = take_step(request, found, name, services.ACTS, by=user)
    if not typed:
        return redirect("assessment", pk)
    return render(request, "assessments/assessment.html", _page(found, user) | typed, status=422)


@require_POST
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """重新取数."""
    user, found = visible_assessment(request, pk)
    attempt(request, services.take_figures_again, found, by=user, said="已按现在的数据重新取数。")
    return redirect("assessment", pk)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The result of the communities that the person sees, in Excel."""
    user, found = visible_assessment(request, pk)
    content = tables.result_list(found, shown_result(found, user))
    return as_download(tables.as_table(content), f"{content.title}.xlsx")


@require_safe
def word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same as an official table in Word."""
    user, found = visible_assessment(request, pk)
    content = tables.result_list(found, shown_result(found, user))
    return word_file(circular_docx(content), f"{content.title}.docx")


def visible_assessment(request: HttpRequest, pk: int) -> tuple[User, Assessment]:
    """The person and a round that he sees, else 404."""
    user = person(request)
    return user, get_object_or_404(assessments_for(user), pk=pk)


def tabs(user: User) -> dict[str, Any]:
    """What the tabs of 考核评价 hang on."""
    return {
        "sees_schemes": user.has_perm("pilots.view_schemes"),
        "is_reviewer": reviewing(user).exists(),
        "may_add_survey": user.has_perm("pilots.add_assessment"),
    }


def _page(found: Assessment, user: User) -> dict[str, Any]:
    shown = {one["key"]: one for one in shown_result(found, user)["communities"]}
    rows = assessed_for(user).filter(assessment=found).prefetch_related("schools", "reviewers")
    holds = user.has_perm("pilots.manage_assessment", found)
    items = list(found.items.select_related("indicator"))
    return {
        "assessment": found,
        "rows": [_row(row, shown.get(row.pk)) for row in rows],
        "fulls": tables.full_points(found),
        "items": items,
        "formula_names": formula_names(items),
        "period": parse_period(found.period),
        "base_period": parse_period(found.base_period),
        "holds": holds,
        "is_preparing": found.state == AssessmentState.PREPARING,
        "is_scoring": found.state in SCORING,
        "may_postpone": holds and found.state in DAYS_OPEN,
        "problems": problems_of(found.scheme) if holds and found.state == AssessmentState.PREPARING else (),
        "objections": objections_for(user).filter(score__assessed__assessment=found),
        "steps": available(found, user),
        "act_address": f"{reverse('assessment', args=[found.pk])}act/",
        "changes": history(found) if holds else [],
        "today": timezone.localdate(),
    }


def _row(row: Any, shown: dict[str, Any] | None) -> dict[str, Any]:
    schools, reviewers = row.schools.all(), row.reviewers.all()
    return {
        "assessed": row,
        "result": shown,
        "schools": len(schools),
        "handed_in": sum(school.handed_in_at is not None for school in schools),
        "reviewers": len(reviewers),
        "reviewed": sum(one.handed_in_at is not None for one in reviewers),
    }
