"""The chain of an issue: proof, review, sign-off, printing, publishing; and the final PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bulletins.forms.issue import PrintForm
from bulletins.models import Issue
from bulletins.queries.checking import examine_issue, tally
from bulletins.queries.issue import final_rendition, issues_for
from bulletins.services import issue_chain as services
from bulletins.views.issue_page import page_of, visible_issue
from portal.accounts.models import User
from portal.accounts.requests import person
from portal.answers import attempt, tell
from portal.refusals import Refused, WrongState
from portal.workflow import available, workflow_of

#: Acts that need nothing but a click (and a reason); the others have a page of their own.
ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "proof": (services.request_proof, ""),
    "send_for_review": (services.send_for_review, "已送审，内容已锁定。"),
    "approve": (services.approve_issue, "审核通过，已转签发人。"),
    "send_back": (services.send_back_issue, "已退回编辑。"),
}


@require_POST
def issue_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """生成校样, 送审, 审核通过, 退回编辑. A typed reason is still there where it is refused."""
    user, issue = visible_issue(request, pk)
    if name not in ACTS:
        raise Http404
    service, said = ACTS[name]
    reason = request.POST.get("reason", "")
    given = {"reason": reason} if name == "send_back" else {}
    if attempt(request, service, issue, by=user, said=said, **given):
        if name == "send_for_review":
            _warn_of_mistakes(request, issue)
        return redirect("issue-proof" if name == "proof" else "issue", pk)
    context = page_of(Issue.objects.select_related("periodical").get(pk=pk), user)
    return render(request, "issues/issue.html", context | {"reasons": {name: reason}}, status=409)


def _warn_of_mistakes(request: HttpRequest, issue: Issue) -> None:
    """What checking still finds surely wrong does not stop an issue, but nobody shall say he was not told."""
    serious = tally(examine_issue(issue).values()).serious
    if serious:
        messages.warning(request, f"送审时校对中还有{serious}处错误没有处理，审核人在校对页面也能看到。")


@require_http_methods(["GET", "POST"])
def issue_print(request: HttpRequest, pk: int) -> HttpResponse:
    """印发: the date in the imprint, today unless said otherwise; the final PDF is made at once."""
    user, issue = visible_issue(request, pk)
    if request.method == "GET" and not is_ready(request, issue, user, "print"):
        return redirect("issue", pk)
    form = PrintForm(request.POST or None, initial={"printed_on": max(timezone.localdate(), issue.issue_date)})
    if request.method == "POST" and form.is_valid():
        try:
            services.print_issue(issue, by=user, **form.cleaned_data)
        except WrongState as error:
            tell(request, error)
            return redirect("issue", pk)
        except (Refused, ValidationError) as error:
            tell(request, error)
        else:
            messages.success(request, "印发日期已确定，正在制作正式文件。")
            return redirect("issue", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "issues/print.html", {"form": form, "issue": issue}, status=status)


@require_POST
def issue_final(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the final file tried again; number, words and date stay."""
    user, issue = visible_issue(request, pk)
    attempt(request, services.retry_final, issue, by=user, said="已重新开始制作正式文件，期号和内容不变。")
    return redirect("issue", pk)


@require_GET
def issue_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The final PDF for those who may see the issue; 404 until it is there."""
    user = person(request)
    issue = get_object_or_404(issues_for(user), pk=pk)
    final = final_rendition(issue) if user.has_perm("bulletins.download_issue", issue) else None
    if final is None or not default_storage.exists(final.file):
        raise Http404
    response = FileResponse(default_storage.open(final.file), as_attachment=True, filename=issue.file_name)
    response["Cache-Control"] = "private, no-cache"
    return response


def is_ready(request: HttpRequest, issue: Issue, user: User, name: str) -> bool:
    """Whether the page of an act can be shown: 403 for who may not do it, a sentence where it is not the time."""
    transition = workflow_of(issue).find(name)
    if not user.has_perm(transition.permission, issue):
        raise PermissionDenied
    if transition in available(issue, user):
        return True
    messages.info(request, f"本期现在是“{issue.get_state_display()}”，不能“{transition.label}”。")
    return False
