"""批示落实: what was passed to a person's units, and their answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bulletins.forms.remark import AnswerForm
from bulletins.models import FollowUp
from bulletins.queries.remark import follow_ups_for, remarks_for
from bulletins.services.remark import answer_follow_up, ask_again
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.answers import attempt
from portal.notices.services import mark_seen
from portal.workflow import available


@require_GET
def follow_ups(request: HttpRequest) -> HttpResponse:
    """What was passed to the person's units, the latest first."""
    user = demand(request, "bulletins.add_submission")
    page = Paginator(follow_ups_for(user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "remarks/follow_ups.html", {"page": page})


@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """One remark as the unit sees it: what is asked, and its own answer."""
    user = person(request)
    found = get_object_or_404(follow_ups_for(user), pk=pk)
    mark_seen(about=found, by=user)
    if request.method == "POST" and not user.has_perm("bulletins.answer_remark", found):
        raise PermissionDenied
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": found.answer})
    if request.method == "POST" and form.is_valid():
        if form.call(answer_follow_up, follow_up=found, by=user, **form.cleaned_data) is not None:
            messages.success(request, "已反馈落实情况，谢谢。")
            return redirect("follow-up", pk)
        found.refresh_from_db()
    may_answer = bool(available(found, user)) and found.remark.state != "closed"
    context = {"follow_up": found, "remark": found.remark, "form": form, "may_answer": may_answer}
    return render(request, "remarks/follow_up.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def follow_up_again(request: HttpRequest, pk: int) -> HttpResponse:
    """请补充反馈, by the office."""
    user = person(request)
    found = get_object_or_404(FollowUp.objects.filter(remark__in=remarks_for(user)).select_related("remark"), pk=pk)
    reason = request.POST.get("reason", "")
    attempt(request, ask_again, found, by=user, reason=reason, said=f"已请{found.unit}补充反馈。")
    return redirect("remark", found.remark_id)
