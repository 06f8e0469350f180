"""请单位核稿: asking a unit whether the office's text is right, and hearing its answer."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from bulletins.models import Confirmation, Entry, Issue, Submission
from bulletins.notices.confirmation import tell_answered, tell_asked
from bulletins.services.print_words import fill_print_text
from bulletins.services.saving import locked_submission, require
from bulletins.states import IN_OFFICE_HANDS, NUMBERED_ISSUE, OPEN_ISSUE
from bulletins.validators import LONGEST_ENTRY, check_printed_words
from portal.accounts.models import User
from portal.accounts.roles import REPORTING_ROLES, Role
from portal.audit.models import record
from portal.inbox.services import Wait, replace_waiting, replace_waiting_of
from portal.refusals import Refused
from portal.text.typed import typed_words

LONGEST_NOTE, LONGEST_REMARKS = 500, 1000
#: Who answers for a unit.
ANSWERING = (*sorted(REPORTING_ROLES), Role.UNIT_APPROVER)


@transaction.atomic
def ask_unit(submission: Submission, *, by: User, note: str = "") -> Confirmation:
    """Ask about the office's text of a report at the desk as it stands now."""
    locked = locked_submission(submission)
    if not by.has_perm("bulletins.edit_submission", locked):
        raise PermissionDenied
    require(locked, locked.state in IN_OFFICE_HANDS, "请单位核稿")
    if hasattr(locked, "placement"):
        raise Refused("这篇稿件已编入一期工作动态，请在编印页面对条目请单位核稿。")
    lead, text = words_at_desk(locked)
    return _ask(locked, lead, text, by=by, note=note)


@transaction.atomic
def ask_about_entry(entry: Entry, *, by: User, note: str = "") -> list[Confirmation]:
    """Ask every unit whose report went into an entry of an open issue about the entry's text as it stands now."""
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=entry.issue_id)
    if not by.has_perm("bulletins.edit_issue", issue):
        raise PermissionDenied
    if issue.state not in OPEN_ISSUE:
        raise Refused(f"本期现在是“{issue.get_state_display()}”，内容已锁定，不能再请单位核稿。")
    stored = Entry.objects.filter(pk=entry.pk).first()
    if stored is None:
        raise Refused("这一条已被同事取出，请刷新页面查看。")
    reports = list(Submission.objects.filter(placement__entry=stored).select_related("unit").order_by("pk"))
    if not reports:
        raise Refused("这一条是编辑撰写的，没有可以核稿的来稿单位。")
    return [_ask(report, stored.lead, stored.text, by=by, note=note, entry=stored) for report in reports]


def answer_question(
    confirmation: Confirmation, *, by: User, agrees: bool, lead: str = "", text: str = "", remarks: str = ""
) -> Confirmation:
    """The unit says yes, or sends corrected words, or only remarks. It answers once.

    Raises Refused where it no longer matters (the question is closed then), ValidationError for unprintable words.
    """
    with transaction.atomic():
        locked = locked_question(confirmation)
        if not by.has_perm("bulletins.answer_confirmation", locked.submission):
            raise PermissionDenied
        if locked.answer != Confirmation.Answer.NONE:
            raise Refused(_why_closed(locked))
        if still_matters(locked):
            return _answer(locked, by=by, agrees=agrees, words=(lead.strip(), text.strip()), remarks=remarks)
        close_questions([locked.submission])
    raise Refused("这篇文字已不在编辑中，不必再核。")


def _answer(asked: Confirmation, *, by: User, agrees: bool, words: tuple[str, str], remarks: str) -> Confirmation:
    remarks = typed_words(remarks, "说明", LONGEST_REMARKS)
    if not agrees:
        check_printed_words(*words, longest=LONGEST_ENTRY)
        if words != (asked.lead, asked.text):
            asked.answer_lead, asked.answer_text = words
        elif not remarks:
            raise ValidationError("文字没有改动，也没有写说明。没有意见请选择“同意”，有意见请改文字或写明。")
    asked.answer = Confirmation.Answer.AGREED if agrees else Confirmation.Answer.CORRECTED
    asked.remarks, asked.answered_by, asked.answered_at = remarks, by, timezone.now()
    asked.save()
    replace_waiting(asked, ())
    said = asked.get_answer_display()
    record(asked.submission, "bulletins.submission.answer_question", f"核稿：{said}", by=by, reason=remarks)
    tell_answered(asked)
    return asked


def words_at_desk(submission: Submission) -> tuple[str, str]:
    """The office's words of a report, or what is proposed until it has written any."""
    filled = copy(submission)
    fill_print_text(filled)
    return filled.print_lead.strip(), filled.print_text.strip()


def entry_now(confirmation: Confirmation) -> Entry | None:
    """The entry in which the report stands today: placed since, or merged, the question goes along."""
    place = getattr(confirmation.submission, "placement", None)
    return place.entry if place is not None else None


def words_now(confirmation: Confirmation) -> tuple[str, str]:
    """The office's words today, of what was asked about."""
    entry = entry_now(confirmation)
    return (entry.lead.strip(), entry.text.strip()) if entry else words_at_desk(confirmation.submission)


def is_outdated(confirmation: Confirmation) -> bool:
    """Whether the office has changed its text since it asked."""
    return words_now(confirmation) != (confirmation.lead, confirmation.text)


def still_matters(confirmation: Confirmation) -> bool:
    """Whether the words can still be changed by an answer: at the desk, or in an issue that is not signed."""
    entry = entry_now(confirmation)
    if entry is not None:
        return entry.issue.state not in NUMBERED_ISSUE
    return not confirmation.is_about_entry and confirmation.submission.state in IN_OFFICE_HANDS


def close_questions(reports: Iterable[Submission]) -> None:
    """Open questions about these reports need no answer any more; nobody waits for one. Three statements."""
    rows = Confirmation.objects.filter(
        submission__in=[report.pk for report in reports], answer=Confirmation.Answer.NONE
    )
    open_ones = list(rows.values_list("pk", flat=True))
    if open_ones:
        Confirmation.objects.filter(pk__in=open_ones).update(answer=Confirmation.Answer.CLOSED)
        replace_waiting_of(Confirmation, dict.fromkeys(open_ones, ()))


def _ask(report: Submission, lead: str, text: str, *, by: User, note: str, entry: Entry | None = None) -> Confirmation:
    note = typed_words(note, "说明", LONGEST_NOTE)
    check_printed_words(lead, text, longest=LONGEST_ENTRY)
    close_questions([report])
    latest = report.confirmations.aggregate(latest=Max("round"))["latest"] or 0
    asked = Confirmation.objects.create(
        submission=report,
        entry=entry,
        is_about_entry=entry is not None,
        round=latest + 1,
        lead=lead.strip(),
        text=text.strip(),
        note=note,
        asked_by=by,
    )
    record(report, "bulletins.submission.ask_unit", "请单位核稿", by=by, reason=note, round=asked.round)
    url = reverse("confirmation", args=[asked.pk])
    replace_waiting(asked, [Wait(str(report), "核对编发文字", url, unit=report.unit, roles=ANSWERING)])
    tell_asked(asked)
    return asked


def locked_question(confirmation: Confirmation) -> Confirmation:
    along = ("submission__unit", "submission__placement__entry__issue")
    return Confirmation.objects.select_for_update(of=("self",)).select_related(*along).get(pk=confirmation.pk)


def _why_closed(confirmation: Confirmation) -> str:
    if confirmation.answer == Confirmation.Answer.CLOSED:
        return "这一次不必再答：省协同提质办已有新的文字或新的决定。"
    return f"已经答复过“{confirmation.get_answer_display()}”（{confirmation.answered_by}），不能再答。"
