"""A unit answers the office: the points of a return, and what was written to it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bulletins.forms.points import answers_from
from bulletins.queries.comment import unit_comments
from bulletins.services.comments import answer_office
from bulletins.services.points import answer_points
from bulletins.views.submission import shown, theirs
from portal.answers import attempt
from portal.refusals import Refused


@require_POST
def points(request: HttpRequest, pk: int) -> HttpResponse:
    """Store the ticks; through htmx the answer is one line, else the page on which the report is mended."""
    user, submission = theirs(request, pk)
    if not user.has_perm("bulletins.write_submission", submission):
        raise PermissionDenied
    answers = answers_from(request.POST)
    if not request.headers.get("HX-Request"):
        attempt(request, answer_points, submission, by=user, answers=answers, said="答复已保存。")
        return redirect("submission-edit", pk)
    try:
        rows = answer_points(submission, by=user, answers=answers)
    except Refused as error:
        return render(request, "submissions/points_state.html", {"problem": str(error)}, status=409)
    unanswered = sum(not row.answer for row in rows)
    return render(request, "submissions/points_state.html", {"saved": True, "unanswered": unanswered})


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what the office wrote; what was typed stays where it is refused."""
    user, submission = theirs(request, pk)
    if not unit_comments(user, submission).exists():
        raise Http404
    text = request.POST.get("text", "")
    if attempt(request, answer_office, submission, by=user, text=text, said="已答复，编辑会收到通知。"):
        return redirect(reverse("submission", args=[pk]) + "#talk")
    context = shown(submission, user) | {"typed_answer": text}
    return render(request, "submissions/detail.html", context, status=409)
