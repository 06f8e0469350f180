"""请单位核稿, the unit's side: the office's text beside one's own, and the answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from bulletins.forms.confirmation import AnswerForm
from bulletins.models import Confirmation
from bulletins.queries.confirmation import confirmations_for
from bulletins.services.asking_units import answer_question, still_matters
from bulletins.services.print_words import as_printed
from portal.accounts.requests import person
from portal.answers import tell
from portal.refusals import Refused
from portal.text.difference import difference


@require_http_methods(["GET", "POST"])
def confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it was sent, what differs from the unit's own, and the answer: given here, or shown once given."""
    user = person(request)
    asked = get_object_or_404(confirmations_for(user), pk=pk)
    may_answer = user.has_perm("bulletins.answer_confirmation", asked.submission)
    if request.method == "GET":
        return _show(request, asked, AnswerForm.of(asked), may_answer=may_answer)
    if not may_answer:
        raise PermissionDenied
    form = AnswerForm.of(asked, request.POST)
    if not form.is_valid():
        return _show(request, asked, form, may_answer=True, status=422)
    try:
        answer_question(asked, by=user, agrees=request.POST.get("answer") == "agreed", **form.cleaned_data)
    except (Refused, ValidationError) as error:
        tell(request, error)
        asked.refresh_from_db()
        return _show(request, asked, form, may_answer=True, status=409)
    messages.success(request, "已答复省协同提质办，谢谢。")
    return redirect("confirmation", pk)


def _show(
    request: HttpRequest, asked: Confirmation, form: AnswerForm, *, may_answer: bool, status: int = 200
) -> HttpResponse:
    sent = "\n".join(part for part in (asked.lead, asked.text) if part)
    own = "\n".join(part for part in as_printed(asked.submission.title, asked.submission.text) if part)
    answered = "\n".join(part for part in (asked.answer_lead, asked.answer_text) if part)
    context = {
        "asked": asked,
        "form": form,
        "open": asked.answer == Confirmation.Answer.NONE and still_matters(asked),
        "may_answer": may_answer,
        "changes": difference(own, sent),
        "corrections": difference(sent, answered) if answered else [],
    }
    return render(request, "submissions/confirmation.html", context, status=status)
