"""The office's side of a case: who scores it, and its place in the bulletin."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bulletins.forms.case import AssignForm, OfferForm
from bulletins.models import CaseReview
from bulletins.queries.case_experts import experts
from bulletins.queries.issue import open_issues
from bulletins.queries.shortening import usual_length
from bulletins.services.case_offer import first_words, offer_case
from bulletins.services.case_review import assign_experts, release_expert
from bulletins.views.case import visible_case
from bulletins.views.case_page import case_page
from portal.accounts.requests import demand
from portal.answers import attempt, tell
from portal.refusals import Refused


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """安排评审: several experts at once. Who is tied to the case is refused by name."""
    user, case = visible_case(request, pk)
    demand(request, "bulletins.manage_cases")
    form = AssignForm(request.POST, experts=experts())
    if form.is_valid():
        made = form.call(
            assign_experts, case=case, experts=list(form.cleaned_data["experts"]), due=form.cleaned_data["due"], by=user
        )
        if made is not None:
            messages.success(request, f"已请{len(made)}位专家评审，他们会收到消息。")
            return redirect("case", pk)
    return case_page(request, visible_case(request, pk)[1], status=422, assign_form=form)


@require_POST
def release(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    """An expert need not score after all."""
    user, case = visible_case(request, pk)
    demand(request, "bulletins.manage_cases")
    found = get_object_or_404(
        CaseReview.objects.filter(version__case=case).select_related("expert", "version"), pk=review
    )
    attempt(request, release_expert, found, by=user, said=f"已取消{found.expert}的评审。")
    return redirect("case", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """编入工作动态: the editor writes a short version into a section of an issue in the making."""
    user, case = visible_case(request, pk)
    demand(request, "bulletins.manage_cases")
    lead, text = first_words(case)
    form = OfferForm(
        request.POST if request.method == "POST" else None, user=user, initial={"lead": lead, "text": text}
    )
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("issue", "section", "lead", "text")}
        try:
            entry = offer_case(case, by=user, **given)
        except (Refused, ValidationError) as error:
            tell(request, error)
        else:
            messages.success(request, "已编入本期，可以在这里继续修改、调整位置。")
            return redirect(f"{reverse('issue', args=[entry.issue_id])}#entry-{entry.pk}")
    context = {"form": form, "case": case, "has_issue": open_issues(user).exists(), "usual": usual_length(None)}
    return render(request, "cases/offer.html", context, status=422 if request.method == "POST" else 200)
