"""One 学期确认单 on one screen: what the portal knows, what the unit adds, where it lies; and as a printed page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pilots.forms.progress_report import ExceptionForm, WordsForm
from pilots.models import ProgressReport, ProgressVersion
from pilots.models.progress import WORDS
from pilots.queries.progress_differences import differences
from pilots.queries.progress_report import last_version, previous_version, progress_for, sees_drafts
from pilots.queries.progress_route import desks_of
from pilots.services.locks import is_locked
from pilots.services.progress_content import content_now, findings
from pilots.services.progress_report import save_and_submit, save_words
from pilots.services.reporting import FIRST_RETURN
from pilots.states.progress import WITH_OWNER, DoubtState, ProgressState
from portal.accounts.models import User
from portal.accounts.requests import demand, person
from portal.answers import attempt
from portal.audit.models import history
from portal.notices.services import mark_seen
from portal.workflow import available


def seen_report(request: HttpRequest, pk: int) -> tuple[User, ProgressReport]:
    """The person and the report, if he sees it; 404 otherwise."""
    user = person(request)
    return user, get_object_or_404(progress_for(user), pk=pk)


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet: to be filled in by its unit, to be read by the others."""
    user, found = seen_report(request, pk)
    mark_seen(about=found, by=user)
    return report_page(request, user, found)


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """保存, or 提交 of what stands on the page; what was typed is still there where it is refused."""
    user, found = seen_report(request, pk)
    demand(request, "pilots.write_progress", obj=found)
    form = WordsForm(request.POST)
    if form.is_valid():
        submits = request.POST.get("act") == "submit"
        service, said = (save_and_submit, "已提交，可在本页查看审核进度。") if submits else (save_words, "已保存。")
        given = {"words": form.words(), "version": form.cleaned_data["version"]}
        if attempt(request, service, found, by=user, said=said, **given):
            return redirect("progress-report", pk)
        found.refresh_from_db()
        return report_page(request, user, found, status=409, form=form, conflict=found.version != given["version"])
    return report_page(request, user, found, status=422, form=form)


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet for paper."""
    user, found = seen_report(request, pk)
    return render(request, "progress/print.html", {"report": found} | _content(user, found))


def report_page(
    request: HttpRequest, user: User, found: ProgressReport, *, status: int = 200, **extra: Any
) -> HttpResponse:
    """The page, also after a refused act: ``extra`` overrides what it shows."""
    writes = found.state in WITH_OWNER and user.has_perm("pilots.write_progress", found)
    locked = is_locked(found.period)
    exceptions = list(found.period.exceptions.filter(unit=found.unit).select_related("user", "granted_by"))
    running = [one for one in exceptions if not one.is_over]
    own_until = max((one.until for one in running if one.user_id == user.pk), default=None)
    may_grant = locked and user.has_perm("pilots.grant_reporting_exception")
    is_confirmed = found.state == ProgressState.CONFIRMED
    context = {
        "report": found,
        "desks": desks_of(found.route),
        "steps": available(found, user),
        "punctuality": found.punctuality(timezone.localdate()),
        "is_locked": locked,
        "may_write": writes and (not locked or own_until is not None),
        "may_submit": writes and user.has_perm("pilots.submit_progress", found),
        "may_comment": user.has_perm("pilots.comment_progress", found),
        "form": WordsForm(initial={name: getattr(found, name) for name in WORDS} | {"version": found.version}),
        "comments": found.comments.select_related("by", "unit"),
        "settled": found.doubts.exclude(state=DoubtState.OPEN).select_related("owner"),
        "exceptions": exceptions,
        "own_until": own_until,
        "is_shut": locked and not running,
        "first_return": FIRST_RETURN if may_grant and is_confirmed else "",
        "exception_form": ExceptionForm(unit=found.unit) if may_grant and not is_confirmed else None,
        "history": history(found),
    }
    content = _content(user, found)
    sections = _sections(content["content"], found) if content["content"] else []
    context |= {"sections": sections, "empty": [one["label"] for one in sections if not one["lines"]]}
    return render(request, "progress/report.html", context | content | extra, status=status)


def _sections(content: dict[str, Any], found: ProgressReport) -> list[dict[str, Any]]:
    """The sections with each line's open doubt, and whether the unit itself keeps the fact."""
    doubts = {doubt.key: doubt for doubt in found.doubts.filter(state=DoubtState.OPEN).select_related("owner")}
    return [
        section
        | {
            "lines": [
                line | {"doubt": doubts.get(line["key"]), "is_own": line["owner"] in (None, found.unit_id)}
                for line in section["lines"]
            ]
        }
        for section in content["sections"]
    ]


def _content(user: User, found: ProgressReport) -> dict[str, Any]:
    """What the sheet shows: as the portal knows it now while its unit has it, else as it was submitted."""
    if found.state in WITH_OWNER and sees_drafts(user, found):
        content = content_now(found)
        before = previous_version(found)
        last = last_version(found)
        return {
            "content": content,
            "findings": findings(content, before.content if before else None, found.period.cadence),
            "is_live": True,
            "changes": differences(last.content, content) if last else [],
        }
    versions = list(found.versions.select_related("submitted_by")[:2])
    return {
        "content": versions[0].content if versions else None,
        "version": versions[0] if versions else None,
        "words": _words(versions[0]) if versions else [],
        "findings": found.findings if versions else [],
        "is_live": False,
        "changes": differences(versions[1].content, versions[0].content) if len(versions) > 1 else [],
    }


def _words(version: ProgressVersion) -> list[tuple[str, str]]:
    return [(label, version.content["words"][name]) for name, label in WORDS.items() if version.content["words"][name]]
