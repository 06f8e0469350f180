"""What an outside expert sees: the communities he scores, in the time for it, and nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilots.forms.assessment import ReviewForm
from pilots.models import Reviewer
from pilots.queries.assessment import reviewing
from pilots.services import reviewing as services
from pilots.views.assessment import tabs
from portal.accounts.requests import demand, person
from portal.answers import attempt
from portal.files.models import Attachment
from portal.files.queries import attachments_of_owners
from portal.notices.services import mark_seen


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """The communities that the expert scores today."""
    user = demand(request, "pilots.view_assessments")
    return render(request, "assessments/reviews.html", {"rows": reviewing(user)} | tabs(user))


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """All that he scores of one community, with the words and files of the schools; POST keeps what is typed."""
    user = person(request)
    row = get_object_or_404(reviewing(user), pk=pk)
    mark_seen(about=row.assessed, by=user)
    form = _form(row, request.POST if request.method == "POST" else None)
    if form.is_valid() and form.call(services.save_reviews, reviewer=row, by=user, reviews=form.typed()) is not None:
        messages.success(request, "评分已保存。打完分请点“提交评分”。")
        return redirect("review", pk)
    return _page(request, row, form)


@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """提交评分; what is typed is kept first, so that nothing is lost."""
    user = person(request)
    row = get_object_or_404(reviewing(user), pk=pk)
    form = _form(row, request.POST)
    if form.is_valid() and form.call(services.save_reviews, reviewer=row, by=user, reviews=form.typed()) is not None:
        done = attempt(request, services.hand_in_reviews, row, by=user, said="评分已提交，谢谢您。")
        return redirect("reviews") if done else redirect("review", pk)
    return _page(request, row, form)


def _page(request: HttpRequest, row: Reviewer, form: ReviewForm) -> HttpResponse:
    """The sheet; with what was typed where it was refused."""
    files: dict[int, list[Attachment]] = {}
    for one in attachments_of_owners(services.scored_by(row)):
        files.setdefault(one.object_id, []).append(one)
    context = {
        "row": row,
        "assessed": row.assessed,
        "assessment": row.assessed.assessment,
        "form": form,
        "lines": [line | {"files": files.get(line["score"].pk, ())} for line in form.lines()],
    }
    return render(request, "assessments/review.html", context, status=422 if form.is_bound else 200)


def _form(row: Reviewer, data: Any) -> ReviewForm:
    given = {one.score_id: one for one in row.scores.all()}
    return ReviewForm(data, scores=list(services.scored_by(row)), given=given)
