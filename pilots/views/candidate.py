"""One candidate of a round: writing it, sending it, opinions, decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilots.forms.selection import CandidateForm, OpinionForm, PutForwardForm
from pilots.models import Candidate
from pilots.queries.pilot import history_of
from pilots.queries.school_profile import profile_of, this_school_year
from pilots.queries.selection import candidates_for, own_recommenders, possible_candidates
from pilots.services import candidate as services
from pilots.services.official_list import term_text
from pilots.states.selection import UNDECIDED_ROUNDS, WITH_RECOMMENDER, RoundState
from pilots.views.selection import page_of, visible_round
from portal.accounts.models import User
from portal.accounts.requests import person
from portal.answers import attempt, take_step
from portal.audit.models import history
from portal.notices.services import mark_seen
from portal.workflow import available


@require_POST
def put(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a recommendation: from the list of what stands under one's unit."""
    user, round = visible_round(request, pk)
    above = own_recommenders(round, user)
    if not above:
        raise PermissionDenied
    form = PutForwardForm(request.POST, possible=possible_candidates(round, above))
    if form.is_valid():
        made = form.call(services.put_forward, round=round, by=user, unit=form.cleaned_data["unit"])
        if made is not None:
            return redirect("candidate-edit", made.pk)
    return render(request, "selection/round.html", page_of(round, user) | {"put_form": form}, status=422)


@require_safe
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """Reasons, points, profile, files, opinions, and what may be done."""
    user, found = visible_candidate(request, pk)
    mark_seen(about=found, by=user)
    return render(request, "selection/candidate.html", _page(found, user))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Reasons and points; kept unfinished, or sent up at once."""
    user, found = visible_candidate(request, pk)
    if not user.has_perm("pilots.fill_candidate", found):
        raise PermissionDenied
    if found.state not in WITH_RECOMMENDER:
        messages.info(request, f"这一推荐现在是“{found.get_state_display()}”，不能再改。如需修改，请先撤回。")
        return redirect("candidate", pk)
    form = CandidateForm(request.POST if request.method == "POST" else None, candidate=found)
    if request.method == "POST" and form.is_valid():
        saved = form.call(
            services.save_candidate,
            candidate=found,
            by=user,
            reasons=form.cleaned_data["reasons"],
            scores=form.scores(),
        )
        if saved is not None:
            return _after_saving(request, user, found)
    context = {"form": form, "candidate": found, "profile": _profile(found), "may_send": _may_send(found, user)}
    return render(request, "selection/candidate_form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step of the table; with a reason where one is wanted, which stays typed where it is refused."""
    user, found = visible_candidate(request, pk)
    typed = take_step(request, found, name, services.ACTS, by=user)
    if not typed:
        return redirect("candidate", pk)
    return render(request, "selection/candidate.html", _page(found, user) | typed, status=422)


@require_POST
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """A university's opinion."""
    user, found = visible_candidate(request, pk)
    form = OpinionForm(request.POST, universities=services.opinion_givers(found, user))
    if not form.fields["university"].queryset.exists():  # type: ignore[attr-defined]
        raise PermissionDenied
    if form.is_valid() and form.call(services.give_opinion, candidate=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, "意见已记录，公布结果前可以修改。")
        return redirect("candidate", pk)
    return render(request, "selection/candidate.html", _page(found, user) | {"opinion_form": form}, status=422)


def visible_candidate(request: HttpRequest, pk: int) -> tuple[User, Candidate]:
    """The person and a candidate that he sees, else 404."""
    user = person(request)
    rows = candidates_for(user).select_related("round", "unit", "recommended_by", "profile__stage")
    return user, get_object_or_404(rows, pk=pk)


def _after_saving(request: HttpRequest, user: User, found: Candidate) -> HttpResponse:
    if request.POST.get("then") != "recommend":
        messages.success(request, "已保存，还没有推荐。")
        return redirect("candidate", found.pk)
    label = "已上报" if found.round.is_for_schools else "已推荐"
    done = attempt(request, services.recommend, found, by=user, said=f"{label}，请等待省协同提质办办理。")
    return redirect("candidate" if done else "candidate-edit", found.pk)


def _page(found: Candidate, user: User) -> dict[str, Any]:
    universities = services.opinion_givers(found, user) if found.round.state in UNDECIDED_ROUNDS else []
    own = found.opinions.filter(university__in=universities).first() if universities else None
    initial = {"leaning": own.leaning, "text": own.text, "university": own.university_id} if own else {}
    writes = user.has_perm("pilots.fill_candidate", found)
    return {
        "candidate": found,
        "scores": found.scores.select_related("criterion"),
        "total": sum(score.points or 0 for score in found.scores.all()),
        "profile": _profile(found),
        "opinions": found.opinions.select_related("university", "by"),
        "opinion_form": OpinionForm(initial=initial, universities=universities) if universities else None,
        "may_edit": writes and found.state in WITH_RECOMMENDER and found.round.state == RoundState.OPEN,
        "steps": available(found, user),
        "act_address": f"{reverse('candidate', args=[found.pk])}act/",
        "past": [(row, term_text(row)) for row in history_of(found.unit)],
        "changes": history(found),
    }


def _profile(found: Candidate) -> Any:
    """As it was when the school was sent up; until then as it is."""
    if not found.round.is_for_schools:
        return None
    return found.profile or profile_of(found.unit, this_school_year().key)


def _may_send(found: Candidate, user: User) -> bool:
    return user.has_perm("pilots.recommend_candidate", found)
