"""遴选: the rounds, and one round with its candidates side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilots.forms.rows import CriterionForm, filled, typed_rows
from pilots.forms.selection import ExtendForm, PutForwardForm, RoundForm
from pilots.models import Opinion, SelectionRound
from pilots.queries.selection import (
    is_taking,
    listed_rounds,
    own_recommenders,
    possible_candidates,
    rounds_for,
    side_by_side,
    silent_recommenders,
)
from pilots.services import selection as services
from pilots.services.official_list import as_table, candidates_list
from pilots.services.selection import TypedCriterion
from pilots.states.selection import RoundState
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt, take_step
from portal.audit.models import history
from portal.exchange.workbook import as_download
from portal.files.downloads import word_file
from portal.notices.services import mark_seen
from portal.printing.circular import circular_docx
from portal.workflow import available

FIELDS = ("name", "level", "opens_on", "closes_on", "places", "term_since", "term_until", "note")


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds that the person may see, the latest first."""
    user = demand(request, "pilots.view_rounds")
    page = Paginator(listed_rounds(user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "may_manage": user.has_perm("pilots.manage_rounds")}
    return render(request, "selection/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """准备遴选."""
    user = demand(request, "pilots.manage_rounds")
    return _form_page(request, user, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words and criteria of a round in preparation."""
    user, found = visible_round(request, pk)
    demand(request, "pilots.manage_rounds")
    if found.state != RoundState.PREPARING:
        messages.info(request, f"这次遴选{found.get_state_display()}，内容不能再改。")
        return redirect("round", pk)
    return _form_page(request, user, found)


@require_safe
def round(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: what is asked, its criteria, the candidates side by side."""
    user, found = visible_round(request, pk)
    mark_seen(about=found, by=user)
    return render(request, "selection/round.html", page_of(found, user))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what nobody was told of."""
    user, found = visible_round(request, pk)
    done = attempt(request, services.delete_round, found, by=user, said="已删除。")
    return redirect("rounds") if done else redirect("round", pk)


@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Another last day; what was typed stays where it is refused."""
    user, found = visible_round(request, pk)
    demand(request, "pilots.manage_rounds")
    form = ExtendForm(request.POST)
    if form.is_valid() and form.call(services.extend_round, round=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, "截止日期已调整。")
        return redirect("round", pk)
    found.refresh_from_db()
    return render(request, "selection/round.html", page_of(found, user) | {"extend_form": form}, status=422)


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """开始、结束、继续、公布."""
    user, found = visible_round(request, pk)
    take_step(request, found, name, services.ACTS, by=user)
    return redirect("round", pk)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The candidates in Excel."""
    user, found = visible_round(request, pk)
    content = candidates_list(found, side_by_side(user, found), day=timezone.localdate())
    return as_download(as_table(content), f"{content.title}.xlsx")


@require_safe
def word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The candidates as an official list in Word."""
    user, found = visible_round(request, pk)
    content = candidates_list(found, side_by_side(user, found), day=timezone.localdate())
    return word_file(circular_docx(content), f"{content.title}.docx")


def visible_round(request: HttpRequest, pk: int) -> tuple[User, SelectionRound]:
    """The person and a round that he sees, else 404."""
    user = person(request)
    return user, get_object_or_404(rounds_for(user), pk=pk)


def page_of(found: SelectionRound, user: User) -> dict[str, Any]:
    """What the page of a round shows."""
    criteria = list(found.criteria.all())
    rows = list(side_by_side(user, found))
    above = own_recommenders(found, user) if is_taking(found) else []
    possible = possible_candidates(found, above)
    may_manage = user.has_perm("pilots.manage_rounds")
    return {
        "round": found,
        "criteria": criteria,
        "most": sum(row.most_points for row in criteria),
        "lines": [_line(row, criteria) for row in rows],
        "put_form": PutForwardForm(possible=possible) if above and possible.exists() else None,
        "is_recommender": bool(above),
        "may_manage": may_manage,
        "steps": available(found, user),
        "extend_form": ExtendForm() if may_manage and found.state == RoundState.OPEN else None,
        "silent": silent_recommenders(found) if may_manage and found.state == RoundState.OPEN else [],
        "changes": history(found) if may_manage else [],
    }


def _line(row: Any, criteria: list[Any]) -> dict[str, Any]:
    """A candidate, its scores in the order of the criteria, and how many universities are for it."""
    scores = {score.criterion_id: score for score in row.scores.all()}
    leanings = [opinion.leaning for opinion in row.opinions.all()]
    return {
        "candidate": row,
        "scores": [(criterion, scores.get(criterion.pk)) for criterion in criteria],
        "for": leanings.count(Opinion.Leaning.FOR),
        "doubtful": leanings.count(Opinion.Leaning.DOUBTFUL),
    }


def _form_page(request: HttpRequest, user: User, found: SelectionRound | None) -> HttpResponse:
    posted = request.method == "POST"
    initial = {name: getattr(found, name) for name in FIELDS} if found else {}
    typed = [
        {"name": row.name, "how": row.how, "most_points": row.most_points, "must_pass": row.must_pass}
        for row in (found.criteria.all() if found else ())
    ]
    form = RoundForm(request.POST if posted else None, initial=initial)
    rows = typed_rows(CriterionForm, request.POST if posted else None, initial=typed)
    if posted and form.is_valid() and rows.is_valid():
        saved = form.call(services.save_round, round=found, by=user, criteria=_criteria(rows), **form.cleaned_data)
        if saved is not None:
            messages.success(request, "已保存。核对标准后，点“开始遴选”。")
            return redirect("round", saved.pk)
    context = {"form": form, "rows": rows, "round": found}
    return render(request, "selection/form.html", context, status=422 if posted else 200)


def _criteria(rows: BaseFormSet[Any]) -> list[TypedCriterion]:
    return [
        TypedCriterion(row["name"], row["how"], row["most_points"] or 0, must_pass=row["must_pass"])
        for row in filled(rows)
    ]
