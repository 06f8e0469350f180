"""案例评审, the expert's side: what he is asked to score, and nothing else of the portal."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from bulletins.casebook import total
from bulletins.forms.case_review import ScoreForm
from bulletins.models import CaseReview
from bulletins.queries.case import reviews_for
from bulletins.services.case_review import is_open_to_score, score_case
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.text.structure import blocks


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What is still to score first, then what he has scored."""
    user = demand(request, "bulletins.see_case_scoring")
    page = Paginator(reviews_for(user), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [(review, is_open_to_score(review), total(review.scores) if review.scored_at else None) for review in page]
    return render(request, "cases/reviews.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The version to score beside the form; what was typed stays where it is refused."""
    found = get_object_or_404(reviews_for(person(request)), pk=pk)
    form = ScoreForm(request.POST if request.method == "POST" else None, review=found)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        saved = form.call(score_case, review=found, scores=form.scores(), words=words, by=person(request))
        if saved is not None:
            messages.success(request, "评分已提交。省协同提质办处理之前，您还可以修改。")
            return redirect("case-reviews")
    return _page(request, found, form)


def _page(request: HttpRequest, found: CaseReview, form: ScoreForm) -> HttpResponse:
    context = {
        "review": found,
        "version": found.version,
        "case": found.version.case,
        "blocks": blocks(found.version.text),
        "form": form,
        "is_open": is_open_to_score(found),
        "points": [(one, found.scores.get(one.name)) for one in found.version.case.own_criteria],
    }
    return render(request, "cases/review.html", context, status=422 if request.method == "POST" else 200)
