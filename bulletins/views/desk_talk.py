"""Around a report at the desk: comments inside and to the unit, asking the unit about the text, who edits it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from bulletins.models import Confirmation
from bulletins.queries.desk import editors
from bulletins.services.asking_units import ask_unit, entry_now
from bulletins.services.assigning import assign_many
from bulletins.services.comments import discuss, write_to_unit
from bulletins.services.taking_over import take_over
from bulletins.views.desk_bulk import NOBODY
from bulletins.views.desk_page import here, show, theirs
from portal.accounts.requests import person, whole_number, whole_numbers
from portal.answers import attempt
from portal.refusals import Refused


def mentioned(request: HttpRequest) -> list[int]:
    """Who was ticked to be mentioned."""
    return whole_numbers(request.POST.getlist("mention"))


@require_POST
def desk_discuss(request: HttpRequest, pk: int) -> HttpResponse:
    """内部讨论 about a report."""
    user, submission = theirs(request, pk)
    text, mentions = request.POST.get("text", ""), mentioned(request)
    if attempt(request, discuss, submission, by=user, text=text, mentions=mentions, said="已发在内部讨论中。"):
        return redirect(here(request, submission, "#talk"))
    return show(request, submission, status=409, typed_inside=text)


@require_POST
def desk_write(request: HttpRequest, pk: int) -> HttpResponse:
    """致单位."""
    user, submission = theirs(request, pk)
    text, mentions = request.POST.get("text", ""), mentioned(request)
    if attempt(request, write_to_unit, submission, by=user, text=text, mentions=mentions, said="已发给单位。"):
        return redirect(here(request, submission, "#talk"))
    return show(request, submission, status=409, typed_to_unit=text)


@require_POST
def desk_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """请单位核稿."""
    user, submission = theirs(request, pk)
    note = request.POST.get("note", "")
    if attempt(request, ask_unit, submission, by=user, note=note, said="已请单位核稿，答复会显示在这里。"):
        return redirect(here(request, submission, "#asked"))
    submission.refresh_from_db()
    return show(request, submission, status=409, typed_note=note)


@require_POST
def desk_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the report to an editor, or back to all."""
    user, submission = theirs(request, pk)
    wanted = request.POST.get("editor", "")
    to = editors().filter(pk=whole_number(wanted) or 0).first()
    if to is None and wanted != NOBODY:
        wanted = ""
    said = f"已分给{to}。" if to else "已取消分工，所有编辑都能看到。"

    def assign() -> None:
        if not wanted:
            raise Refused("请选择把稿件分给哪位编辑。")
        bulk = assign_many([submission.pk], to=to, by=user, key=request.POST.get("key", ""))
        row = bulk.rows.first()
        if row is not None and row.said:
            raise Refused(row.said)

    attempt(request, assign, said=said)
    return redirect(here(request, submission))


@require_POST
def confirmation_take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: the unit's corrections become the office's text."""
    user = person(request)
    asked = get_object_or_404(Confirmation.objects.select_related("submission__placement__entry"), pk=pk)
    theirs(request, asked.submission_id)
    if not user.has_perm("bulletins.edit_submission", asked.submission):
        raise PermissionDenied
    attempt(request, take_over, asked, by=user, said="已采纳单位的修改。")
    if (entry := entry_now(asked)) is not None:
        return redirect(reverse("entry-talk", args=[entry.pk]))
    return redirect(here(request, asked.submission, "#asked"))
