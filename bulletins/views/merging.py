"""合并编发 from the board of an issue or from the list of reports, and 恢复原文."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bulletins.models import Entry, Issue, Section
from bulletins.queries.issue import entries_of, open_issues, section_by_kind
from bulletins.queries.submission import received_submissions
from bulletins.services.joined_words import joined_words
from bulletins.services.merging import merge_entries, merge_reports, restore_entry
from bulletins.services.print_words import fill_print_text
from bulletins.views.desk_bulk import chosen_reports
from bulletins.views.entry import visible_entry
from bulletins.views.issue_page import visible_issue
from portal.accounts.requests import demand, whole_number, whole_numbers
from portal.answers import attempt, tell
from portal.refusals import Refused


@require_POST
def issue_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Entries ticked on the board: first a page that shows what they will become, then it is done."""
    user, issue = visible_issue(request, pk)
    if not user.has_perm("bulletins.edit_issue", issue):
        raise PermissionDenied
    chosen = whole_numbers(request.POST.getlist("entry"))
    rows = [entry for entry in entries_of(issue) if entry.pk in chosen]
    if len(rows) < 2:
        messages.error(request, "请在要合并的条目上打勾，至少两条，再点合并编发。")
        return redirect("issue", pk)
    if "confirm" in request.POST:
        section = _section(request, issue)
        try:
            merged = merge_entries(issue, entries=sorted(chosen), section=section, by=user)
        except (Refused, ValidationError) as error:
            tell(request, error)
        else:
            return _done(request, merged)
    units = list(dict.fromkeys(report.unit.name for row in rows for report in row.submissions.all()))
    lead, text = joined_words([(row.lead, row.text) for row in rows], units)
    context = _page(issue, rows[0].section, lead, text) | {"entries": rows, "units": units}
    return render(request, "issues/merge.html", context)


@require_POST
def entry_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """恢复原文: the parts of a merged entry stand alone again."""
    user, entry = visible_entry(request, pk)
    said = "已恢复原文，合并前的各条都回到了原处。合并后的文字保留在办理经过中。"
    attempt(request, restore_entry, entry, by=user, said=said)
    return redirect("issue", entry.issue_id)


@require_POST
def desk_merge(request: HttpRequest) -> HttpResponse:
    """Reports ticked in the list: choose the issue and the section, see the result, and do it."""
    user = demand(request, "bulletins.edit_issue")
    chosen = chosen_reports(request, user)
    rows = list(received_submissions(user).filter(pk__in=chosen).order_by("pk"))
    issues = list(open_issues(user))
    if len(rows) < 2 or not issues:
        wanting = "请先选中至少两篇稿件。" if len(rows) < 2 else "还没有正在编辑的一期，请先在编印工作动态中新建一期。"
        messages.error(request, wanting)
        return redirect("desk")
    issue = next((one for one in issues if str(one.pk) == request.POST.get("issue")), issues[0])
    if "confirm" in request.POST:
        try:
            merged = merge_reports(issue, reports=[row.pk for row in rows], section=_section(request, issue), by=user)
        except (Refused, ValidationError) as error:
            tell(request, error)
        else:
            return _done(request, merged)
    for row in rows:
        fill_print_text(row)
    units = list(dict.fromkeys(row.unit.name for row in rows))
    lead, text = joined_words([(row.print_lead, row.print_text) for row in rows], units)
    usual = section_by_kind(issue.periodical.sections.all()).get(rows[0].unit.kind)
    context = _page(issue, usual, lead, text) | {"reports": rows, "issues": issues, "units": units}
    return render(request, "issues/merge.html", context)


def _page(issue: Issue, section: Section | None, lead: str, text: str) -> dict[str, Any]:
    return {
        "issue": issue,
        "sections": list(issue.periodical.sections.all()),
        "section": section,
        "lead": lead,
        "text": text,
        "characters": len("".join((lead + text).split())),
    }


def _section(request: HttpRequest, issue: Issue) -> Section:
    chosen = request.POST.get("section", "")
    return get_object_or_404(issue.periodical.sections, pk=whole_number(chosen) or 0)


def _done(request: HttpRequest, merged: Entry) -> HttpResponse:
    messages.success(request, "已合并编发，各单位的供稿都已记上。请编辑合并后的文字；需要时可以恢复原文。")
    return redirect("entry-edit", merged.pk)
