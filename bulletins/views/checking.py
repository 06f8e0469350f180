"""校对 of a whole issue: all findings, entry by entry, with one-click fixes that can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from bulletins.checking import RULES
from bulletins.models import Entry, Issue
from bulletins.queries.checking import Examined, examine_issue, tally
from bulletins.queries.issue import entries_of
from bulletins.queries.marked import waivers_of
from bulletins.services import marking, mending
from bulletins.services.content import content_of
from bulletins.states import NUMBERED_ISSUE
from bulletins.views.issue_page import can_edit, visible_issue
from portal.accounts.models import User
from portal.accounts.requests import posted_number, whole_number
from portal.answers import attempt, tell
from portal.refusals import Refused


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry with what was found in it."""

    entry: Entry
    examined: Examined


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding with how many are open, and how many one click would mend."""

    name: str
    label: str
    open: int
    mendable: int


@require_GET
def issue_checks(request: HttpRequest, pk: int) -> HttpResponse:
    """The list. Before sign-off anybody who sees the issue reads it; only an editor mends."""
    user, issue = visible_issue(request, pk)
    if issue.state in NUMBERED_ISSUE:
        messages.info(request, "本期已经签发，文字不再校对。")
        return redirect("issue", pk)
    entries = list(entries_of(issue))
    examined = examine_issue(issue, entries)
    context = {
        "issue": issue,
        "label": content_of(issue).label,
        "checked": [Checked(entry, examined[entry.pk]) for entry in entries],
        "kinds": _kinds(examined.values()),
        "tally": tally(examined.values()),
        "can_edit": can_edit(issue, user),
        "last": mending.last_mending(issue),
    }
    return render(request, "checking/issue.html", context)


@require_POST
def issue_mend(request: HttpRequest, pk: int) -> HttpResponse:
    """One fix (``entry``, ``finding``, ``version``), or all of one kind (``rule``)."""
    user, issue = _theirs(request, pk)
    try:
        if "rule" in request.POST:
            mending.mend_all(issue, rule=request.POST["rule"], by=user)
        else:
            entry = _entry(request, issue)
            mending.mend_finding(
                entry,
                finding=request.POST.get("finding", ""),
                version=whole_number(request.POST.get("version", "")) or 0,
                by=user,
            )
    except (Refused, ValidationError) as error:
        tell(request, error)
    return redirect("issue-checks", pk)


@require_POST
def issue_unmend(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销 of the latest fix."""
    user, issue = _theirs(request, pk)
    row = mending.last_mending(issue)
    if row is None or str(row.pk) != request.POST.get("row"):
        messages.error(request, "没有可以撤销的修改，可能已经撤销过，或后来又做了别的修改。")
        return redirect("issue-checks", pk)
    try:
        moved_on = mending.undo_mending(issue, row, by=user)
    except (Refused, ValidationError) as error:
        tell(request, error)
    else:
        told = f"已撤销。有{moved_on}条后来又改过，保持现在的文字。" if moved_on else "已撤销，文字恢复到修改之前。"
        messages.success(request, told)
    return redirect("issue-checks", pk)


@require_POST
def issue_waive(request: HttpRequest, pk: int) -> HttpResponse:
    """忽略 a finding of an entry, or 恢复 one that was let pass (``waiver``)."""
    user, issue = _theirs(request, pk)
    entry = _entry(request, issue)
    if "waiver" in request.POST:
        waiver = next((each for each in waivers_of(entry) if each.pk == posted_number(request, "waiver")), None)
        if waiver:
            attempt(request, marking.take_back_waiver, entry, waiver, by=user)
        return redirect("issue-checks", pk)
    found = next(
        (each for each in examine_issue(issue)[entry.pk].findings if each.id == request.POST.get("finding")), None
    )
    if found is None:
        messages.error(request, mending.MOVED_ON)
    else:
        attempt(request, marking.waive_finding, entry, rule=found.rule, passage=found.passage, by=user)
    return redirect("issue-checks", pk)


def _theirs(request: HttpRequest, pk: int) -> tuple[User, Issue]:
    user, issue = visible_issue(request, pk)
    if not user.has_perm("bulletins.edit_issue", issue):
        raise PermissionDenied
    return user, issue


def _entry(request: HttpRequest, issue: Issue) -> Entry:
    return get_object_or_404(issue.entries.select_related("section", "issue"), pk=posted_number(request, "entry"))


def _kinds(examined: Iterable[Examined]) -> list[Kind]:
    found = [finding for each in examined for finding in each.findings]
    open_, mendable = Counter(each.rule for each in found), Counter(each.rule for each in found if each.fix is not None)
    return [
        Kind(rule.name, rule.label, open_[rule.name], mendable[rule.name] if rule.bulk else 0)
        for rule in RULES
        if open_[rule.name]
    ]
