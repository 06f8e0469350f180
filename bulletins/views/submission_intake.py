"""Words into a report: from a Word file, or tidied on the spot; looking through what was changed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from bulletins.models import Intake, Submission
from bulletins.services.intake import (
    choose_changes,
    close_intake,
    place_intake,
    take_word,
    tidy_report,
    undo_intake,
)
from bulletins.services.recognition import recognise_report
from bulletins.services.submission_rows import rows_of
from bulletins.views.intake_shown import shown_intake
from bulletins.views.submission_edit import reading_answer, refusal, refused_page, save_posted, writer
from pilots.queries.activity import lookups
from portal.accounts.models import User
from portal.accounts.requests import whole_number
from portal.answers import tell
from portal.refusals import Refused

_SAID = {
    "replace": "读出的文字已替换原来的正文。",
    "append": "读出的文字已接在正文后面。",
    "choose": "正文已按您的勾选更新。",
    "undo": "已恢复到读入、整理之前的文字。",
    "close": "",
}


@require_POST
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what was typed, then read the chosen file into the report, or ask where its words shall go."""
    user, submission = writer(request, pk)
    done = save_posted(request, submission, user)
    if done.saved is None:
        return refused_page(request, submission, done)
    upload = request.FILES.get("word")
    if upload is None:
        messages.error(request, "还没有选择 Word 文件，请先选择再读入。")
        return redirect("submission-edit", pk)
    try:
        intake = take_word(done.saved, by=user, upload=upload)
    except Refused as refused:
        tell(request, refused)
        return redirect("submission-edit", pk)
    if intake.is_placed:
        _recognise(intake.submission, user)
        messages.success(request, f"已从“{intake}”读入。请核对下面列出的改动，再看标题、正文和活动。")
    else:
        messages.warning(request, f"“{intake}”已读出，还没有放进正文。请在正文下面选择替换、追加或取消。")
    return redirect("submission-edit", pk)


@require_POST
def tidy(request: HttpRequest, pk: int) -> HttpResponse:
    """Save, then bring the text to official form: all of it, or what the page's script says was pasted."""
    user, submission = writer(request, pk)
    done = save_posted(request, submission, user)
    wants_json = request.headers.get("Accept") == "application/json"
    if done.saved is None:
        return refusal(request, done) if wants_json else refused_page(request, submission, done)
    start, end = (whole_number(request.POST.get(name, "")) for name in ("pasted_from", "pasted_to"))
    intake = tidy_report(done.saved, by=user, start=start or 0, end=end)
    saved = intake.submission if intake else done.saved
    if not wants_json:
        messages.info(request, "已整理，请核对下面列出的改动。" if intake else "正文的格式没有要整理的地方。")
        return redirect("submission-edit", pk)
    answer, _ = reading_answer(request, saved, user, done.rows)
    html = render_to_string("submissions/_intake.html", {"shown": shown_intake(saved), "submission": saved}, request)
    return JsonResponse(answer | {"intake": html if intake else None})


@require_POST
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """Save, then do with the words that were read in what the pressed button says."""
    user, submission = writer(request, pk)
    act = request.POST.get("intake", "")
    if act not in _SAID:
        raise Http404
    done = save_posted(request, submission, user)
    if done.saved is None:
        return refused_page(request, submission, done)
    found = Intake.objects.filter(submission=done.saved).first()
    if found is None:
        messages.info(request, "这次读入的记录已经关闭，正文没有变动。")
        return redirect("submission-edit", pk)
    found.submission = done.saved
    try:
        _do(act, found, user, request)
    except (Refused, ValidationError) as error:
        tell(request, error)
    else:
        if _SAID[act]:
            messages.success(request, _SAID[act])
    return redirect("submission-edit", pk)


def _do(act: str, intake: Intake, user: User, request: HttpRequest) -> None:
    if act in {"replace", "append"}:
        _recognise(place_intake(intake, by=user, append=act == "append"), user)
    elif act == "choose":
        choose_changes(intake, by=user, accepted=frozenset(request.POST.getlist("accept")))
    elif act == "undo":
        undo_intake(intake, by=user)
    else:
        close_intake(intake, by=user)


def _recognise(submission: Submission, user: User) -> None:
    recognise_report(submission, by=user, rows=rows_of(submission), known=lookups())
