"""What the desks do with a 学期确认单: pass, return, comment; and exceptions by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pilots.forms.progress_report import ExceptionForm
from pilots.services import progress_report as services
from pilots.services.reporting import grant_exception
from pilots.views.progress_report import report_page, seen_report
from portal.accounts.requests import demand, posted_number
from portal.answers import attempt

ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "take_back": (services.take_back_report, "已取回，改好后请再次提交。"),
    "approve": (services.approve_report, "已通过。"),
    "return": (services.return_report, "已退回，填报单位会收到消息。"),
    "pass_over": (services.pass_over_desk, "已转下一级审核。"),
}


@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step of the workflow; what was typed is still there where it is refused."""
    user, found = seen_report(request, pk)
    if name not in ACTS:
        raise Http404
    service, said = ACTS[name]
    given: dict[str, Any] = {} if name == "take_back" else {"turn": posted_number(request, "turn")}
    if name == "approve":
        given["note"] = request.POST.get("note", "")
    elif name != "take_back":
        given["reason"] = request.POST.get("reason", "")
    if attempt(request, service, found, by=user, said=said, **given):
        return redirect("progress-report", pk)
    found.refresh_from_db()
    typed = given.get("reason", given.get("note", ""))
    return report_page(request, user, found, status=409, typed=typed, typed_for=name)


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A word that moves nothing."""
    user, found = seen_report(request, pk)
    text = request.POST.get("text", "")
    if attempt(request, services.comment_report, found, text=text, by=user, said="意见已记下。"):
        return redirect("progress-report", pk)
    return report_page(request, user, found, status=409, typed=text, typed_for="comment")


@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """指名开通补正 of what is locked."""
    user, found = seen_report(request, pk)
    demand(request, "pilots.grant_reporting_exception")
    form = ExceptionForm(request.POST, unit=found.unit)
    if form.is_valid() and form.call(grant_exception, report=found, by=user, **form.cleaned_data) is not None:
        messages.success(request, "已开通，本人会收到消息，到期自动停止。")
        return redirect("progress-report", pk)
    return report_page(request, user, found, status=422, exception_form=form)
