"""发布更正 and 作废 of an issue that is signed or printed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bulletins.content import printed_entries
from bulletins.forms.correction import CorrectionForm
from bulletins.queries.correction import corrections_of
from bulletins.services.content import content_of
from bulletins.services.correction import correct_issue, void_issue
from bulletins.views.issue_chain import is_ready
from bulletins.views.issue_page import visible_issue
from portal.answers import attempt, tell
from portal.refusals import Refused
from portal.workflow import LONGEST_REASON


@require_http_methods(["GET", "POST"])
def issue_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """One correction after the other; what was refused is still in the form."""
    user, issue = visible_issue(request, pk)
    if not user.has_perm("bulletins.correct_issue", issue):
        raise PermissionDenied
    if not is_ready(request, issue, user, "correct"):
        return redirect("issue", pk)
    form = CorrectionForm(request.POST or None, entries=printed_entries(content_of(issue)))
    if request.method == "POST" and form.is_valid():
        try:
            correction = correct_issue(issue, by=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        except Refused as error:
            tell(request, error)
        else:
            place = f"已列入{correction.notice.issue}。" if correction.notice else "将列入下一期。"
            messages.success(request, f"更正已发布，刊登的更正{place}")
            return redirect("issue", pk)
    context = {"issue": issue, "form": form, "corrections": corrections_of(issue)}
    return render(request, "issues/correct.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def issue_void(request: HttpRequest, pk: int) -> HttpResponse:
    """作废, after a page that says what will happen; the reason is shown wherever the issue is."""
    user, issue = visible_issue(request, pk)
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        if attempt(request, void_issue, issue, by=user, reason=reason, said="已作废。期号保留，不再使用。"):
            return redirect("issue", pk)
        status = 409
    else:
        reason, status = "", 200
        if not is_ready(request, issue, user, "void"):
            return redirect("issue", pk)
    issue.refresh_from_db()
    context = {"issue": issue, "reason": reason, "longest": LONGEST_REASON}
    return render(request, "issues/void.html", context, status=status)
