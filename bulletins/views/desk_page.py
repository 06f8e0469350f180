"""The page of one report at the desk: what every answer that shows it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from bulletins.forms.desk import DeskFilterForm, PrintedWordsForm
from bulletins.models import HeldDecision, Submission
from bulletins.queries.comment import desk_people, office_comments, unit_comments, unit_people
from bulletins.queries.confirmation import asked_of
from bulletins.queries.desk import desk_submissions, editors, held_of, last_return, neighbours, placement_of
from bulletins.queries.submission import received_submissions
from bulletins.services.asking_units import words_at_desk
from bulletins.services.points import mark_of
from bulletins.services.print_words import as_lead
from bulletins.services.submission_rows import stored_facts
from bulletins.states import IN_OFFICE_HANDS, SubmissionState
from bulletins.views.aids_panel import aids_of_report
from bulletins.views.confirmation_panel import Asked
from bulletins.views.twin import twins_beside
from portal.accounts.models import User
from portal.accounts.requests import person
from portal.audit.models import Entry as AuditEntry
from portal.audit.models import history
from portal.text.difference import Piece, difference
from portal.text.structure import paragraphs
from portal.workflow import Transition, available

#: The office's decisions, and what the page says when one is done. The unit's acts have their own addresses.
SAID = {
    "adopt": "已采用，稿件等待编发。",
    "return": "已退回，信息员会看到您的理由。",
    "decline": "已记为不予采用。",
    "reopen": "稿件回到编审中。",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A decision that may be made now, with the reason in its field; it opens by itself where that was refused."""

    act: Transition
    typed: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the unit's text with the place to write what is to be changed in it."""

    number: int
    text: str
    mark: str
    wish: str


def theirs(request: HttpRequest, pk: int) -> tuple[User, Submission]:
    """A report that has come in, for who works at the desk; 404 for anybody else."""
    user = person(request)
    if not user.has_perm("bulletins.view_desk"):
        raise Http404
    return user, get_object_or_404(received_submissions(user).select_related("assigned_to"), pk=pk)


def show(
    request: HttpRequest,
    submission: Submission,
    form: PrintedWordsForm | None = None,
    *,
    status: int = 200,
    wishes: Mapping[int, str] | None = None,
    reasons: Mapping[str, str] | None = None,
    **extra: Any,
) -> HttpResponse:
    """The page of one report around ``form``; what was typed and refused comes back in ``extra`` and ``wishes``."""
    user = person(request)
    held = held_of(submission)
    stored = words(submission)
    records = list(history(submission))
    placement = placement_of(submission)
    can_edit = (
        submission.state in IN_OFFICE_HANDS
        and placement is None
        and user.has_perm("bulletins.edit_submission", submission)
    )
    if wishes is None:
        wishes = {point["paragraph"]: point["wish"] for point in held.points} if held else {}
    context: dict[str, Any] = {
        "submission": submission,
        "activities": stored_facts(submission),
        "form": form or PrintedWordsForm(initial=stored),
        "stored": stored,
        "can_edit": can_edit,
        "buttons": _buttons(submission, user, held, reasons or {}),
        "placement": placement,
        "difference": difference(joined(_proposed(submission)), joined(stored)),
        "kept": kept(request),
        "history": records,
        "since_return": _since_return(submission, records),
        "points": list(submission.points.select_related("answered_by")),
        "paragraphs": _paragraphs(submission, wishes),
        "held": held,
        "asked": [Asked.of(each) for each in asked_of(submission)],
        "key": token_urlsafe(16),
    }
    context |= _around(request, submission, user) | _talk(submission, user) | twins_beside(submission, user)
    if can_edit:
        aids = aids_of_report(submission, context["form"], stored)
        context |= {"aids": aids, "usual": aids.usual}
    return render(request, "desk/submission.html", context | extra, status=status)


def show_both(request: HttpRequest, current: Submission, form: PrintedWordsForm) -> HttpResponse:
    """Somebody saved in between: what is stored and what was typed, side by side; nothing is overwritten."""
    data = request.POST.copy()
    data["version"] = str(current.version)
    stored = words(current)
    mine = {"lead": form.cleaned_data["lead"], "text": form.cleaned_data["text"]}
    between = difference(joined(stored), joined(mine))
    messages.error(request, "这份文字刚刚被同事改过，没有覆盖。请对照后再保存。")
    submission = get_object_or_404(received_submissions(person(request)), pk=current.pk)
    return show(request, submission, PrintedWordsForm(data), status=409, theirs=stored, between=between)


def words(submission: Submission) -> dict[str, Any]:
    """The office's words, or what is proposed until it has written any; with the version."""
    lead, text = words_at_desk(submission)
    return {"lead": lead, "text": text, "version": submission.version}


def joined(both: Mapping[str, Any]) -> str:
    return "\n".join(part for part in (both["lead"], both["text"].strip().replace("\r\n", "\n")) if part)


def kept(request: HttpRequest) -> str:
    """The filters of the list as a query string, without the page."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def here(request: HttpRequest, submission: Submission, part: str = "") -> str:
    query = kept(request)
    return reverse("desk-submission", args=[submission.pk]) + (f"?{query}" if query else "") + part


def _around(request: HttpRequest, submission: Submission, user: User) -> dict[str, Any]:
    """The reports before and after it in the filtered list, and who may be given it."""
    filters = DeskFilterForm(request.GET or None)
    rows = desk_submissions(user, **filters.narrowing())
    newer, older = neighbours(rows, submission)
    can_assign = submission.state in IN_OFFICE_HANDS and user.has_perm("bulletins.edit_submission", submission)
    return {"newer": newer, "older": older, "editors": list(editors()) if can_assign else []}


def _talk(submission: Submission, user: User) -> dict[str, Any]:
    """What was said inside and to the unit, and who can be mentioned where."""
    may_discuss = user.has_perm("bulletins.discuss")
    may_write = user.has_perm("bulletins.write_to_unit", submission)
    return {
        "inside": list(office_comments(user, submission)),
        "with_unit": list(unit_comments(user, submission)),
        "may_discuss": may_discuss,
        "may_write": may_write,
        "desk_people": [each for each in desk_people() if each != user] if may_discuss else [],
        "unit_people": list(unit_people(submission.unit)) if may_write else [],
    }


def _paragraphs(submission: Submission, wishes: Mapping[int, str]) -> list[Paragraph]:
    return [
        Paragraph(number, text, mark_of(text), wishes.get(number, ""))
        for number, text in enumerate(paragraphs(submission.text))
    ]


def _buttons(submission: Submission, user: User, held: HeldDecision | None, refused: Mapping[str, str]) -> list[Button]:
    """The decisions open to ``user``; a reason that was held stands in its field, to be changed."""
    kept = {held.decision: held.reason} if held else {}
    return [
        Button(act, refused.get(act.name, kept.get(act.name, "")), act.name in refused)
        for act in available(submission, user)
        if act.name in SAID
    ]


def _proposed(submission: Submission) -> dict[str, Any]:
    """The unit's own words in the form of print: the title as lead."""
    return {"lead": as_lead(submission.title), "text": submission.text.strip()}


def _since_return(submission: Submission, records: list[AuditEntry]) -> list[Piece]:
    """What the unit changed since the office last returned the report; nothing if it never did."""
    returned = last_return(records)
    if returned is None or submission.state == SubmissionState.RETURNED or "text" not in returned.data:
        return []
    before = "\n".join((returned.data["title"], returned.data["text"]))
    return difference(before, "\n".join((submission.title, submission.text)))
