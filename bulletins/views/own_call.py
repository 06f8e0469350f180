"""约稿, the unit's side: what the office asks for, and answering it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bulletins.models import Call, CallTarget, Submission
from bulletins.queries.call import cases_to, linkable_drafts, listed_own_targets, own_targets, reports_to
from bulletins.queries.call_table import standing_of
from bulletins.services import call_answer as services
from bulletins.services.case_answer import start_case_answer
from bulletins.states import CallState
from bulletins.views.call_table import SHADES
from portal.accounts.models import User
from portal.accounts.requests import PAGE_SIZE, demand, person, whole_number
from portal.answers import attempt

#: What a unit mostly says; offered, and may be written over.
USUAL_REASON = "本期没有相关活动"


@require_safe
def own_calls(request: HttpRequest) -> HttpResponse:
    """The calls to the person's units: the open ones, or all."""
    user = demand(request, "bulletins.add_submission")
    show = request.GET.get("show", "")
    page = Paginator(listed_own_targets(user, show=show), PAGE_SIZE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    lines = [(target, *_standing(target, today)) for target in page.object_list]
    return render(request, "calls/own_list.html", {"page": page, "lines": lines, "show": show})


@require_safe
def own_call(request: HttpRequest, pk: int) -> HttpResponse:
    """One call with what each of the person's units has done about it."""
    user = person(request)
    targets = list(own_targets(user).filter(call=pk))
    if not targets:
        get_object_or_404(Call.objects.none(), pk=pk)
    return render(request, "calls/own_call.html", _shown(user, targets))


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: a draft (or a case, where these are asked for) that is linked already, open for writing."""
    user, target = _theirs(request, pk)
    is_case = target.call.kind == Call.Kind.CASE
    start: Any = start_case_answer if is_case else services.start_answer
    drafts: list[Any] = []
    if not attempt(request, lambda: drafts.append(start(target, by=user))):
        return redirect("own-call", target.call_id)
    return redirect("case-edit" if is_case else "submission-edit", drafts[0].pk)


@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft the unit has already becomes its answer."""
    user, target = _theirs(request, pk)
    chosen = whole_number(request.POST.get("submission", ""))
    draft = linkable_drafts(target).filter(pk=chosen or 0).first()
    if draft is None:
        messages.error(request, "请先选择一篇草稿。")
        return redirect("own-call", target.call_id)
    if not attempt(request, services.link_draft, target, submission=draft, by=user, said="已用这篇草稿应稿。"):
        return redirect("own-call", target.call_id)
    return redirect("submission-edit", draft.pk)


@require_POST
def no_report(request: HttpRequest, pk: int) -> HttpResponse:
    """本次无稿."""
    user, target = _theirs(request, pk)
    reason = request.POST.get("reason", "")
    said = "已回复“本次无稿”，不用再办理。"
    if attempt(request, services.say_no_report, target, by=user, reason=reason, said=said):
        return redirect("own-call", target.call_id)
    targets = list(own_targets(user).filter(call=target.call_id))
    context = _shown(user, targets) | {"typed_reason": reason}
    return render(request, "calls/own_call.html", context, status=409)


@require_POST
def report_after_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Take 本次无稿 back."""
    user, target = _theirs(request, pk)
    attempt(request, services.take_back_no_report, target, by=user, said="已撤回“本次无稿”，可以写稿了。")
    return redirect("own-call", target.call_id)


def _theirs(request: HttpRequest, pk: int) -> tuple[User, CallTarget]:
    user = person(request)
    return user, get_object_or_404(own_targets(user), pk=pk)


def _standing(target: CallTarget, today: Any) -> tuple[str, str]:
    standing = standing_of(target.call, target, today)
    return standing.label, SHADES[standing]


def _shown(user: User, targets: list[CallTarget]) -> dict[str, Any]:
    today = timezone.localdate()
    call = targets[0].call
    is_case = call.kind == Call.Kind.CASE
    return {
        "call": call,
        "is_open": call.state == CallState.SENT,
        "is_overdue": call.deadline is not None and call.deadline < today,
        "usual_reason": USUAL_REASON,
        "answers": [
            {
                "target": target,
                "standing": _standing(target, today),
                "reports": cases_to(target) if is_case else reports_to(target),
                "drafts": Submission.objects.none() if is_case else linkable_drafts(target),
                "may_decline": user.has_perm("bulletins.answer_call", target),
            }
            for target in targets
        ],
    }
