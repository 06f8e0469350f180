"""The sheet of one community in a round: its schools' self-assessments, its county's review, its reviewers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pilots.forms.assessment import ReviewerForm
from pilots.models import AssessedCommunity, AssessedSchool, Reviewer
from pilots.queries.assessment import assessed_for, experts, objections_for, scores_for, sees_whole
from pilots.queries.tally import CommunityTally, reviewers_of, tallies
from pilots.services import assessment_tables as tables
from pilots.services import reviewing, self_assessment
from pilots.services.assessment_result import shown_result
from pilots.states.assessment import RESULT_KNOWN, SCORING, AssessmentState
from portal.accounts.models import User
from portal.accounts.requests import demand, person
from portal.answers import attempt
from portal.exchange.workbook import as_download
from portal.files.downloads import word_file
from portal.notices.services import mark_seen
from portal.periods import parse_period
from portal.printing.circular import CircularContent, circular_docx


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Every score that the person sees, by whose it is; every one opens what it rests on."""
    user, found = visible_sheet(request, pk)
    mark_seen(about=found, by=user)
    return render(request, "assessments/sheet.html", page_of(found, user))


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """完成复核."""
    user, found = visible_sheet(request, pk)
    attempt(request, self_assessment.finish_review, found, by=user, said="已完成复核。")
    return redirect("assessed", pk)


@require_POST
def add_reviewer(request: HttpRequest, pk: int) -> HttpResponse:
    """指定评审专家."""
    user, found = visible_sheet(request, pk)
    demand(request, "pilots.manage_assessment", obj=found.assessment)
    form = ReviewerForm(request.POST)
    if form.is_valid():
        saved = form.call(reviewing.assign_reviewer, assessed=found, by=user, **form.cleaned_data)
        if saved is not None:
            return redirect("assessed", pk)
    page = page_of(found, user) | {"reviewer_form": form}
    return render(request, "assessments/sheet.html", page, status=422)


@require_POST
def drop_reviewer(request: HttpRequest, pk: int) -> HttpResponse:
    """取消指定."""
    user = person(request)
    row = get_object_or_404(
        Reviewer.objects.filter(assessed__in=assessed_for(user)).select_related("assessed__assessment"), pk=pk
    )
    attempt(request, reviewing.drop_reviewer, row, by=user, said="已取消指定。")
    return redirect("assessed", row.assessed_id)


@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """提交自评."""
    user, row = _visible_school(request, pk)
    attempt(request, self_assessment.hand_in, row, by=user, said="自评已提交。")
    return redirect("assessed", row.assessed_id)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回自评."""
    user, row = _visible_school(request, pk)
    attempt(request, self_assessment.take_back, row, by=user, said="自评已撤回，可以修改。")
    return redirect("assessed", row.assessed_id)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet in Excel."""
    content = _official(request, pk)
    return as_download(tables.as_table(content), f"{content.title}.xlsx")


@require_safe
def word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The sheet in Word."""
    content = _official(request, pk)
    return word_file(circular_docx(content), f"{content.title}.docx")


def visible_sheet(request: HttpRequest, pk: int) -> tuple[User, AssessedCommunity]:
    """The person and a community's sheet that he sees, else 404."""
    user = person(request)
    return user, get_object_or_404(assessed_for(user), pk=pk)


def _visible_school(request: HttpRequest, pk: int) -> tuple[User, AssessedSchool]:
    user = person(request)
    rows = AssessedSchool.objects.filter(assessed__in=assessed_for(user)).select_related("assessed__assessment")
    return user, get_object_or_404(rows, pk=pk)


def _official(request: HttpRequest, pk: int) -> CircularContent:
    user, found = visible_sheet(request, pk)
    result = shown_result(found.assessment, user)
    own = [one for one in result["communities"] if one["key"] == found.pk]
    return tables.community_sheet(found, result | {"communities": own})


def page_of(found: AssessedCommunity, user: User) -> dict[str, Any]:
    """What the sheet shows to ``user``."""
    assessment = found.assessment
    whole = sees_whole(user, found)
    known = assessment.state in RESULT_KNOWN
    tally = next(iter(tallies(assessment, [found])))
    holds = user.has_perm("pilots.manage_assessment", assessment)
    seen = set(scores_for(user).filter(assessed=found).values_list("pk", flat=True))
    return {
        "assessed": found,
        "assessment": assessment,
        "parts": _parts(tally, user, seen, whole or known),
        "tally": tally if whole or known else None,
        "fulls": tables.full_points(assessment),
        "period": parse_period(assessment.period),
        "holds": holds,
        "is_scoring": assessment.state in SCORING,
        "is_preparing": assessment.state == AssessmentState.PREPARING,
        "may_finish": assessment.state == AssessmentState.COUNTY and user.has_perm("pilots.review_for_county", found),
        "reviewers": reviewers_of(found) if holds else (),
        "reviewer_form": ReviewerForm() if holds and assessment.state in reviewing.NAMING else None,
        "experts": experts() if holds else (),
        "objections": objections_for(user).filter(score__assessed=found),
    }


def _parts(tally: CommunityTally, user: User, seen: set[int], shows_points: bool) -> list[dict[str, Any]]:
    """The lead, the members, and the joint part, each with the lines that the person sees."""
    state = tally.assessed.assessment.state
    rows = {row.pk: row for row in tally.assessed.schools.all()}
    parts = []
    for school in tally.schools:
        row, lines = rows[school.pk], [line for line in school.lines if line.score.pk in seen]
        speaks = state == AssessmentState.SELF and user.has_perm("pilots.hand_in_self_assessment", row)
        heading = f"努力值：{school.name}（牵头校）" if school.is_lead else f"提升值：{school.name}"
        points = school.points if shows_points else None
        parts.append({"heading": heading, "lines": lines, "row": row, "speaks": speaks, "points": points})
    joint = [line for line in tally.joint_lines if line.score.pk in seen]
    points = tally.joint if shows_points else None
    parts.append({"heading": "共同部分", "lines": joint, "row": None, "speaks": False, "points": points})
    return [part for part in parts if part["lines"]]
