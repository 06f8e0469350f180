"""One score with all it rests on: figures with their rows, words and files, who set what, objections."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pilots.forms.assessment import AnswerForm, ObjectionForm, SelfForm, SettleForm
from pilots.models import ItemScore
from pilots.queries.assessed_figures import evidence_of, formula_names
from pilots.queries.assessment import objections_for, scores_for, sees_whole
from pilots.queries.tally import line_of
from pilots.rules.assessment import objecting_units
from pilots.services import objection as objections
from pilots.services import self_assessment
from pilots.states.assessment import RESULT_KNOWN, AssessmentState
from portal.accounts.models import Unit, User
from portal.accounts.requests import demand, person
from portal.accounts.roles import SPEAKING_ROLES
from portal.audit.models import history


@require_safe
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """What the score is, how it came about, and what the person may do with it."""
    user, found = visible_score(request, pk)
    return render(request, "assessments/score.html", page_of(found, user))


@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """自评: points and words."""
    user, found = visible_score(request, pk)
    demand(request, "pilots.assess_itself", obj=found)
    form = SelfForm(request.POST, score=found)
    if form.is_valid():
        data = {"points": form.cleaned_data.get("points"), "words": form.cleaned_data["words"]}
        if form.call(self_assessment.write_self_assessment, score=found, by=user, **data) is not None:
            messages.success(request, "自评已保存。")
            return redirect("item-score", pk)
    return _again(request, found, user, self_form=form)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """核定."""
    user, found = visible_score(request, pk)
    demand(request, "pilots.review_for_county", obj=found)
    form = SettleForm(request.POST, score=found)
    if form.is_valid():
        saved = form.call(self_assessment.settle_score, score=found, by=user, **form.cleaned_data)
        if saved is not None:
            messages.success(request, "核定意见已保存。")
            return redirect("assessed", found.assessed_id)
    return _again(request, found, user, settle_form=form)


@require_POST
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """提出异议 in the name of one's unit."""
    user, found = visible_score(request, pk)
    demand(request, "pilots.raise_objection", obj=found)
    form, unit = ObjectionForm(request.POST), own_unit(found, user)
    if form.is_valid():
        given = {"score": found, "unit": unit or found.assessed.community.area, "by": user, **form.cleaned_data}
        if form.call(objections.raise_objection, **given) is not None:
            messages.success(request, "异议已提交，请等待答复。")
            return redirect("item-score", pk)
    return _again(request, found, user, objection_form=form)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """答复异议."""
    user = person(request)
    row = get_object_or_404(objections_for(user), pk=pk)
    found = get_object_or_404(scores_for(user), pk=row.score_id)
    demand(request, "pilots.manage_assessment", obj=found.assessed.assessment)
    form = AnswerForm(request.POST, score=found)
    if form.is_valid():
        data = form.cleaned_data
        given = {"upheld": data["upheld"] == "yes", "answer": data["answer"], "points": data["points"]}
        if form.call(objections.answer_objection, objection=row, by=user, **given) is not None:
            messages.success(request, "异议已答复。")
            return redirect("item-score", found.pk)
    return _again(request, found, user, answer_form=form, answer_for=row.pk)


def visible_score(request: HttpRequest, pk: int) -> tuple[User, ItemScore]:
    """The person and a score that he sees, else 404."""
    user = person(request)
    return user, get_object_or_404(scores_for(user), pk=pk)


def own_unit(found: ItemScore, user: User) -> Unit | None:
    """The unit for which the person may speak about a score."""
    concerned = set(objecting_units(found))
    return next((unit for unit in user.units_as(*SPEAKING_ROLES) if unit.pk in concerned), None)


def page_of(found: ItemScore, user: User) -> dict[str, Any]:
    """What the page of one score shows to ``user``."""
    assessment, line = found.assessed.assessment, line_of(found)
    state, whole = assessment.state, sees_whole(user, found.assessed)
    known = whole or state in RESULT_KNOWN
    holds = user.has_perm("pilots.manage_assessment", assessment)
    unit = own_unit(found, user)
    is_open = state == AssessmentState.SHOWN
    return {
        "score": found,
        "item": found.item,
        "assessed": found.assessed,
        "assessment": assessment,
        "line": line,
        "known": known,
        "formula_names": formula_names([found.item]),
        "evidence": evidence_of(found) if found.item.is_counted else (),
        "survey": getattr(found, "survey", None),
        "reviews": found.reviews.filter(reviewer__handed_in_at__isnull=False).select_related("reviewer__user")
        if known
        else (),
        "names_reviewers": holds,
        "self_form": SelfForm(score=found) if _may_write(found, user) else None,
        "settle_form": SettleForm(score=found) if _may_settle(found, user, line.worked_out is None) else None,
        "objections": objections_for(user).filter(score=found),
        "objection_form": ObjectionForm() if is_open and unit is not None else None,
        "own_unit": unit,
        "answer_form": AnswerForm(score=found) if is_open and holds else None,
        "changes": history(found) if whole else [],
    }


def _may_write(found: ItemScore, user: User) -> bool:
    if found.item.way not in self_assessment.WRITTEN or self_assessment.writing_closed(found):
        return False
    return user.has_perm("pilots.assess_itself", found)


def _may_settle(found: ItemScore, user: User, is_wanting: bool) -> bool:
    state = found.assessed.assessment.state
    if state not in self_assessment.SETTLING or not (is_wanting or found.item.way == "self"):
        return False
    if state != AssessmentState.COUNTY and not user.has_perm("pilots.manage_assessment", found.assessed.assessment):
        return False
    return user.has_perm("pilots.review_for_county", found)


def _again(request: HttpRequest, found: ItemScore, user: User, **forms: Any) -> HttpResponse:
    return render(request, "assessments/score.html", page_of(found, user) | forms, status=422)
