"""Every write to a report: writing it, sending it in, deciding on it, editing it for print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bulletins.models import Submission
from bulletins.rules import UNIT_ROLES
from bulletins.services.reading import without_title
from bulletins.services.submission_rows import settle_rows
from bulletins.states import IN_OFFICE_HANDS, WITH_UNIT, SubmissionState
from bulletins.validators import (
    LONGEST_REPORT,
    LONGEST_TITLE,
    check_length,
    check_printed_words,
    check_report_text,
)
from pilots.services.activity import record_activities
from pilots.services.activity_row import Row
from pilots.states import ActivityState
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.files.services import forget_owner
from portal.inbox.services import replace_waiting
from portal.workflow import Refused, moving, started, workflow_of


class StaleSave(Refused):
    """Somebody saved in between. ``current`` is what is stored now; nothing was overwritten."""

    def __init__(self, current: Any) -> None:
        super().__init__("这份文字刚刚被别人改过，没有覆盖。下面并列显示两份文字，请核对后再保存。")
        self.current = current


@transaction.atomic
def create_submission(*, unit: Unit, by: User, title: str = "", text: str = "") -> Submission:
    """A new draft of ``unit``. An untouched empty draft of the same writer is taken up again instead."""
    if not by.holds(*UNIT_ROLES, unit=unit):
        raise PermissionDenied
    check_length(title, text)
    if not title and not text:
        drafts = Submission.objects.filter(
            unit=unit, author=by, state=SubmissionState.DRAFT, title="", text="", activities__isnull=True
        )
        empty = drafts.filter(Q(draft_rows__isnull=True) | Q(draft_rows=[])).first()
        if empty:
            return empty
    submission = Submission.objects.create(unit=unit, author=by, title=title, text=text)
    started(submission, "新建稿件", by=by)
    return submission


@transaction.atomic
def save_draft(
    submission: Submission, *, by: User, title: str, text: str, version: int, rows: Sequence[Row] | None = None
) -> Submission:
    """Store what the unit has typed so far; ``rows`` None leaves the activities alone.

    Rows are stored as typed, also wrong and incomplete ones: they become activities when the report is sent.
    Raises StaleSave where ``version`` is not the stored one and the words differ. Autosave calls this every
    few seconds, so it leaves no audit row.
    """
    check_length(title, text)
    locked = _locked(submission)
    if not by.has_perm("bulletins.write_submission", locked):
        raise PermissionDenied
    _require(locked, locked.state in WITH_UNIT, "修改")
    typed = locked.draft_rows if rows is None else [row.to_json() for row in rows if not row.is_empty]
    if (locked.title, locked.text, locked.draft_rows) != (title, text, typed):
        if locked.version != version:
            raise StaleSave(locked)
        locked.title, locked.text, locked.draft_rows = title, text, typed
        locked.version += 1
        locked.save(update_fields=["title", "text", "draft_rows", "version", "updated_at"])
    return locked


@transaction.atomic
def delete_draft(submission: Submission, *, by: User) -> None:
    """Throw away a draft that never left the unit, with its unrecorded activities."""
    locked = _locked(submission)
    if not by.has_perm("bulletins.write_submission", locked):
        raise PermissionDenied
    _require(locked, locked.state == SubmissionState.DRAFT and locked.submitted_at is None, "删除")
    record(locked, "bulletins.submission.delete", "删除草稿", by=by, title=locked.title)
    replace_waiting(locked, ())
    forget_owner(locked)
    for activity in locked.activities.filter(state=ActivityState.DRAFT):
        activity.delete()
    locked.delete()


def submit_submission(submission: Submission, *, by: User) -> Submission:
    """Send a report in: to the unit's approver where there is one, else straight to the office.

    Raises ValidationError where title, text or an activity's facts are wanting.
    """
    to_approver = by.has_perm("bulletins.send_submission_to_approver", submission)
    with moving(submission, "send_to_approver" if to_approver else "submit", by=by) as locked:
        check_report_text(locked.title, locked.text)
        settle_rows(locked, by=by)
        locked.reason = ""
        if not to_approver:
            _leave_unit(locked)
    return submission


def approve_submission(submission: Submission, *, by: User) -> Submission:
    """The unit's approver signs, and the report leaves the unit."""
    with moving(submission, "approve", by=by) as locked:
        check_report_text(locked.title, locked.text)
        settle_rows(locked, by=by)
        _leave_unit(locked)
    return submission


def send_back_submission(submission: Submission, *, by: User, reason: str) -> Submission:
    """The unit's approver wants it changed; the writer reads why."""
    with moving(submission, "send_back", by=by, reason=reason) as locked:
        locked.reason = reason.strip()
    return submission


def withdraw_submission(submission: Submission, *, by: User) -> Submission:
    """The unit takes its report back before the office has begun to edit it."""
    with moving(submission, "withdraw", by=by):
        pass
    return submission


def adopt_submission(submission: Submission, *, by: User) -> Submission:
    """The office will print it; from now on it waits for an issue."""
    with moving(submission, "adopt", by=by) as locked:
        fill_print_text(locked)
        locked.decided_at = timezone.now()
        locked.reason = ""
    return submission


def return_submission(submission: Submission, *, by: User, reason: str) -> Submission:
    """The office asks the unit for changes. Refused once it stands in an issue.

    The record keeps both texts as they were, so that the desk can show what changed when it comes back.
    """
    submission.refresh_from_db()
    words = {name: getattr(submission, name) for name in ("title", "text", "print_lead", "print_text")}
    with moving(submission, "return", by=by, reason=reason, **words) as locked:
        _require_unplaced(locked)
        locked.decided_at = timezone.now()
        locked.reason = reason.strip()
        locked.print_lead = locked.print_text = ""  # the unit's next version is edited afresh
    return submission


def decline_submission(submission: Submission, *, by: User, reason: str) -> Submission:
    """The office will not print it; the facts stay recorded. Refused once it stands in an issue."""
    with moving(submission, "decline", by=by, reason=reason) as locked:
        _require_unplaced(locked)
        locked.decided_at = timezone.now()
        locked.reason = reason.strip()
    return submission


def reopen_submission(submission: Submission, *, by: User) -> Submission:
    """Undo adoption or decline: the report is being edited again."""
    with moving(submission, "reopen", by=by) as locked:
        _require_unplaced(locked)
        locked.decided_at = None
        locked.reason = ""
    return submission


@transaction.atomic
def edit_for_print(submission: Submission, *, by: User, lead: str, text: str, version: int) -> Submission:
    """Store the office's text; the first edit moves the report to 编审中. Raises StaleSave on an older copy."""
    check_printed_words(lead, text, longest=LONGEST_REPORT)
    locked = _locked(submission)
    if not by.has_perm("bulletins.edit_submission", locked):
        raise PermissionDenied
    _require(locked, locked.state in IN_OFFICE_HANDS, "编辑")
    _require_unplaced(locked)
    if locked.version != version and (locked.print_lead, locked.print_text) != (lead, text):
        raise StaleSave(locked)
    if locked.state == SubmissionState.IN_REVIEW:
        with moving(locked, "start_editing", by=by):
            pass
    Submission.objects.filter(pk=locked.pk).update(
        print_lead=lead, print_text=text, version=locked.version + 1, updated_at=timezone.now()
    )
    submission.refresh_from_db()
    return submission


#: The service behind each button of the transition table.
ACTS: dict[str, Callable[..., Submission]] = {
    "send_to_approver": submit_submission,
    "submit": submit_submission,
    "approve": approve_submission,
    "send_back": send_back_submission,
    "withdraw": withdraw_submission,
    "adopt": adopt_submission,
    "return": return_submission,
    "decline": decline_submission,
    "reopen": reopen_submission,
}


def act_on_submission(submission: Submission, name: str, *, by: User, reason: str = "") -> Submission:
    """Do the act called ``name`` in the transition table; ``reason`` goes along where the table asks for one.

    Raises KeyError for a name that is no button, and what the act itself raises.
    """
    given = {"reason": reason} if workflow_of(submission).find(name).reason else {}
    return ACTS[name](submission, by=by, **given)


def fill_print_text(submission: Submission) -> None:
    """Propose the office's text from the unit's where none was written yet: the title becomes the lead."""
    if not submission.print_text:
        submission.print_lead, submission.print_text = as_printed(submission.title, submission.text)


def as_printed(title: str, text: str) -> tuple[str, str]:
    """Lead and text as they will stand in print: a title that opens the text too is printed once.

    ``**`` around leads marks bold in pasted texts (S0, S1) and is no part of the words.
    """
    return as_lead(title), without_title(title, text).replace("**", "").strip()


def as_lead(title: str) -> str:
    """A title as the bold first sentence: with a stop at its end."""
    title = title.strip().rstrip("。．.")
    if not title or title.endswith(("！", "？", "”")) or len(title) >= LONGEST_TITLE:
        return title
    return f"{title}。"


def _leave_unit(submission: Submission) -> None:
    record_activities(submission.activities.all())
    submission.submitted_at = timezone.now()
    submission.decided_at = None
    submission.reason = ""


def _locked(submission: Submission) -> Submission:
    return Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)


def _require(submission: Submission, condition: bool, act: str) -> None:
    if not condition:
        raise Refused(f"稿件现在是“{submission.get_state_display()}”，不能{act}。可能已由同事处理，请刷新页面查看。")


def _require_unplaced(submission: Submission) -> None:
    if hasattr(submission, "placement"):
        raise Refused("这篇稿件已编入一期工作动态，请先在编印页面把对应条目取出。")
