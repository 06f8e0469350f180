"""The buttons of the panel beside a text. Fixes and proposals go into the form, unsaved, and nothing typed is lost."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from bulletins.checking import CheckedText, Finding, mended
from bulletins.forms.desk import PrintedWordsForm
from bulletins.forms.entry import EntryForm
from bulletins.queries.checking import Examined, examine_entry, examine_report
from bulletins.queries.marked import OneText, locks_of, waivers_of
from bulletins.services import marking
from bulletins.shortening import accepted
from bulletins.views import desk_page, entry
from bulletins.views.aids_panel import proposals_for, words_in
from portal.accounts.requests import person
from portal.answers import tell
from portal.refusals import Refused

MOVED_ON = "文字已有改动，请看最新的提示。"


@require_POST
def entry_aids(request: HttpRequest, pk: int) -> HttpResponse:
    """A button of the panel beside an entry."""
    user, one = entry.visible_entry(request, pk)
    if not user.has_perm("bulletins.edit_issue", one.issue):
        raise PermissionDenied
    form = EntryForm.of(one, request.POST)
    if not form.is_valid():
        return entry.form_page(request, one, form, status=422)
    lead, text = words_in(form)
    data = _worked(request, one, examine_entry(one, lead, text), (lead, text))
    return entry.form_page(request, one, EntryForm.of(one, data))


@require_POST
def report_aids(request: HttpRequest, pk: int) -> HttpResponse:
    """A button of the panel beside a report's text for print."""
    user, one = desk_page.theirs(request, pk)
    if not user.has_perm("bulletins.edit_submission", one):
        raise PermissionDenied
    form = PrintedWordsForm(request.POST)
    if not form.is_valid():
        return desk_page.show(request, one, form, status=422)
    lead, text = words_in(form)
    data = _worked(request, one, examine_report(one, lead, text, locks_of(one)), (lead, text))
    return desk_page.show(request, one, PrintedWordsForm(data))


def _worked(request: HttpRequest, one: OneText, examined: Examined, words: tuple[str, str]) -> QueryDict:
    """Do what the button asks, and give the form's data back with the words as they then are."""
    asked = request.POST
    try:
        if "fix" in asked:
            words = _fixed(examined, asked["fix"], words)
        elif "shorten" in asked:
            words = _shortened(one, asked["shorten"], words)
        else:
            _decide(request, one, examined)
    except (Refused, ValidationError) as error:
        tell(request, error)
    data = asked.copy()
    data["lead"], data["text"] = words
    return data


def _fixed(examined: Examined, finding: str, words: tuple[str, str]) -> tuple[str, str]:
    found = _finding(examined, finding)
    better = mended(CheckedText(found.key, *words), [found])
    return better.lead, better.text


def _shortened(one: OneText, proposal: str, words: tuple[str, str]) -> tuple[str, str]:
    for each in proposals_for(one, *words):
        if each.id == proposal:
            return accepted(*words, each)
    raise Refused(MOVED_ON)


def _decide(request: HttpRequest, one: OneText, examined: Examined) -> None:
    """Locking and letting pass are stored at once: they concern the words that are saved."""
    asked, user = request.POST, person(request)
    if "waive" in asked:
        found = _finding(examined, asked["waive"])
        marking.waive_finding(one, rule=found.rule, passage=found.passage, by=user)
    elif "unwaive" in asked:
        waiver = next((each for each in waivers_of(one) if str(each.pk) == asked["unwaive"]), None)
        if waiver:
            marking.take_back_waiver(one, waiver, by=user)
    elif "unlock" in asked:
        lock = next((each for each in locks_of(one) if str(each.pk) == asked["unlock"]), None)
        if lock:
            marking.release_passage(one, lock, by=user)
            messages.success(request, "已解除锁定。")
    elif "lock" in asked:
        marking.lock_passage(one, passage=asked["lock"] or asked.get("passage", ""), by=user)
        messages.success(request, "已锁定这段原文。")


def _finding(examined: Examined, finding: str) -> Finding:
    for each in examined.findings:
        if each.id == finding:
            return each
    raise Refused(MOVED_ON)
