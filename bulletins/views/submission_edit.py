"""Writing a report: the page, its autosave, and reading activities off the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bulletins.forms.submission import SubmissionForm, rows_from
from bulletins.models import Submission
from bulletins.queries.signing import cannot_send
from bulletins.services import submission as services
from bulletins.services.acts import act_on_submission
from bulletins.services.recognition import recognise_report
from bulletins.services.saving import StaleSave
from bulletins.services.submission_rows import rows_of, shown_rows
from bulletins.states import WITH_UNIT
from bulletins.validators import LONGEST_REPORT, LONGEST_TITLE, MOST_ACTIVITIES
from bulletins.views.intake_shown import shown_intake
from bulletins.views.submission import SENDING, buttons, step_label, theirs
from bulletins.views.submission_hints import LONGEST_USUAL, SHORTEST_USUAL, as_json, odd_note, on_page
from pilots.queries.activity import Lookups, lookups
from pilots.services.activity_row import Row
from portal.accounts.models import User
from portal.accounts.requests import person
from portal.answers import attempt, sentences
from portal.refusals import Refused


@dataclass(slots=True)
class Attempt:
    """What was typed and what came of saving it; ``saved`` is None where it was refused, ``problem`` says why."""

    form: SubmissionForm
    rows: list[Row]
    saved: Submission | None = None
    problem: str = ""
    status: int = 200
    current: Submission | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The page. POST saves, and then does what the pressed button says; what was typed is never lost."""
    user, submission = writer(request, pk)
    if request.method != "POST":
        if submission.state not in WITH_UNIT:
            messages.info(request, f"稿件现在是“{submission.get_state_display()}”，不能修改。")
            return redirect("submission", pk)
        form = SubmissionForm(initial=_stored(submission))
        return _page(request, submission, form, rows_of(submission))
    done = save_posted(request, submission, user)
    if done.saved is None:
        return refused_page(request, submission, done)
    return _after_saving(request, done.saved, user, done.rows)


@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what stands on the page and tell what was understood of the rows."""
    user, submission = writer(request, pk)
    done = save_posted(request, submission, user)
    if done.saved is None:
        return refusal(request, done)
    return JsonResponse(_saved(done.saved, done.rows))


@require_POST
def recognise(request: HttpRequest, pk: int) -> HttpResponse:
    """Save, read the text, and bring what was read into the rows. Nothing typed by hand is overwritten."""
    user, submission = writer(request, pk)
    done = save_posted(request, submission, user)
    wants_json = request.headers.get("Accept") == "application/json"
    if done.saved is None:
        return refusal(request, done) if wants_json else refused_page(request, submission, done)
    answer, said = reading_answer(request, done.saved, user, done.rows)
    if wants_json:
        return JsonResponse(answer)
    for sentence in said:
        messages.info(request, sentence)
    return redirect("submission-edit", pk)


def reading_answer(
    request: HttpRequest, submission: Submission, user: User, rows: Sequence[Row]
) -> tuple[dict[str, Any], list[str]]:
    """Read the stored text into the rows: what the page's script needs to show it, and what there is to say."""
    known = lookups()
    found = recognise_report(submission, by=user, rows=rows, known=known)
    saved, merged = found.saved, found.merged
    said = [_reading_told(bool(saved.text.strip()), len(merged.new), merged.kept), *found.problems]
    shown = on_page(shown_rows(merged.rows, known), merged.new)
    html = render_to_string("submissions/_rows.html", _choices(known) | {"rows": shown}, request)
    words = {"title": saved.title, "text": saved.text, "rows": html, "said": said}
    return _saved(saved, merged.rows) | words, said


def writer(request: HttpRequest, pk: int) -> tuple[User, Submission]:
    """The person and the report he may write. Raises Http404 or PermissionDenied."""
    user, submission = theirs(request, pk)
    if not user.has_perm("bulletins.write_submission", submission):
        raise PermissionDenied
    return user, submission


def _stored(submission: Submission) -> dict[str, Any]:
    return {"title": submission.title, "text": submission.text, "version": submission.version}


def save_posted(request: HttpRequest, submission: Submission, user: User) -> Attempt:
    """Store the posted words and rows; every way to fail ends in a sentence."""
    form, rows = SubmissionForm(request.POST), rows_from(request.POST)
    rows = [row for row in rows if row.key != request.POST.get("remove")]
    done = Attempt(form, rows)
    if not form.is_valid():
        done.problem, done.status = "有内容无法保存，请看标出的地方。", 422
        return done
    if len(rows) > MOST_ACTIVITIES:
        done.problem, done.status = f"活动有{len(rows)}项，超过{MOST_ACTIVITIES}项，请分几篇报送。", 422
        return done
    typed = {name: form.cleaned_data[name] for name in ("title", "text", "version")}
    try:
        done.saved = services.save_draft(submission, by=user, rows=rows, **typed)
    except StaleSave as error:
        done.problem, done.status, done.current = str(error), 409, error.current
    except Refused as error:
        done.problem, done.status = str(error), 409
    except ValidationError as error:
        done.problem, done.status = "".join(sentences(error)), 422
        form.add_error(None, "这一次没有保存，您填写的内容都还在下面。")
    return done


def refused_page(request: HttpRequest, submission: Submission, done: Attempt) -> HttpResponse:
    """The page with everything typed still in it, and why it was not saved."""
    if done.problem and done.current is None:
        messages.error(request, done.problem)
    return _page(request, submission, done.form, done.rows, current=done.current, status=done.status)


def _after_saving(request: HttpRequest, saved: Submission, user: User, rows: list[Row]) -> HttpResponse:
    match request.POST.get("do", ""):
        case "submit":
            if _sent(request, saved, user):
                return redirect("submission", saved.pk)
            saved.refresh_from_db()
            return _page(request, saved, SubmissionForm(initial=_stored(saved)), rows, status=422)
        case "add":
            fresh = next(key for key in (f"n{number}" for number in range(1, 999)) if key not in {r.key for r in rows})
            return _page(request, saved, SubmissionForm(initial=_stored(saved)), [*rows, Row(key=fresh)])
        case "preview":
            return redirect("submission-preview", saved.pk)
    messages.success(request, f"已于{timezone.localtime():%-H:%M}保存。")
    return redirect("submission-edit", saved.pk)


def _sent(request: HttpRequest, saved: Submission, user: User) -> bool:
    """Do the one step that sends the report on from here: to the approver, up, or to the unit's officer."""
    step = next((step for step in buttons(saved, user) if step.name in SENDING), None)
    if step is None:
        messages.error(request, cannot_send(saved))
        return False
    return attempt(request, act_on_submission, saved, step.name, by=user, said="已送出。下面可以看到进展。")


def _page(
    request: HttpRequest,
    submission: Submission,
    form: SubmissionForm,
    rows: Sequence[Row],
    *,
    current: Submission | None = None,
    status: int = 200,
) -> HttpResponse:
    known = lookups()
    steps = [step for step in buttons(submission, person(request)) if step.name in SENDING]
    context = _choices(known) | {
        "submission": submission,
        "form": form,
        "version": current.version if current else form["version"].value(),
        "rows": on_page(shown_rows(rows, known)),
        "blank": on_page([*shown_rows([Row(key="__key__")], known)])[0],
        "conflict": _conflict(request, current, rows) if current else None,
        "unit_names": [unit.name for unit in known.units.values() if unit.pk != submission.unit_id],
        "send_label": step_label(submission, steps[0]) if steps else "",
        "usual": (SHORTEST_USUAL, LONGEST_USUAL),
        "bounds": (LONGEST_TITLE, LONGEST_REPORT),
        "shown": shown_intake(submission),
        "most_megabytes": settings.UPLOAD_MAX_BYTES // 1_000_000,
        "odd_note": odd_note(str(form["title"].value() or ""), str(form["text"].value() or "")),
    }
    return render(request, "submissions/edit.html", context, status=status)


def _choices(known: Lookups) -> dict[str, Any]:
    return {
        "kinds": [(str(pk), kind.name) for pk, kind in known.kinds.items()],
        "batches": [(str(pk), batch.short_name, batch.name) for pk, batch in known.batches.items()],
    }


def _saved(saved: Submission, rows: Sequence[Row]) -> dict[str, Any]:
    """What the page's script needs after a save."""
    return {
        "version": saved.version,
        "saved": f"已于{timezone.localtime():%-H:%M}保存",
        "hints": as_json(on_page(shown_rows(rows, lookups()))) if rows else {},
        "odd": odd_note(saved.title, saved.text),
    }


def refusal(request: HttpRequest, done: Attempt) -> JsonResponse:
    """Why nothing was saved; with a second text in between, both side by side."""
    answer: dict[str, Any] = {"message": done.problem, "stale": done.current is not None}
    if done.current is not None:
        context = {"conflict": _conflict(request, done.current, done.rows)}
        answer["conflict"] = render_to_string("submissions/_conflict.html", context, request)
        answer["version"] = done.current.version
    return JsonResponse(answer, status=done.status)


def _conflict(request: HttpRequest, current: Submission, rows: Sequence[Row]) -> dict[str, Any]:
    """What stands on the page and what is stored, to be shown side by side."""
    return {
        "title": request.POST.get("title", ""),
        "text": request.POST.get("text", ""),
        "rows": [row for row in rows if not row.is_empty],
        "current": current,
        "current_rows": rows_of(current),
    }


def _reading_told(has_text: bool, new: int, kept: int) -> str:
    """What recognition did, in a sentence."""
    if not has_text:
        return "请先把稿件粘贴到正文里，再识别活动。"
    if not new and not kept:
        return "正文中没有读到带日期的活动。如有活动，请用“添加活动”填写；制度、建议类稿件可以不填。"
    kept_told = f"您填写或改过的{kept}项保持不变" if kept else ""
    if not new:
        return f"没有读到新的活动，{kept_told or '下面各项已按正文更新'}。"
    new_told = (
        f"新读出{new}项活动，标有“新识别”，请逐项核对" if kept else f"读出{new}项活动，请逐项核对，有误的直接改正"
    )
    return "；".join(part for part in (kept_told, new_told) if part) + "。"
