"""The office's writes to a report (来稿处理): deciding on it and editing it for print."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from bulletins.models import Submission
from bulletins.notices.submission import tell_adopted, tell_declined, tell_returned
from bulletins.services.print_words import fill_print_text
from bulletins.services.saving import StaleSave, locked_submission, require
from bulletins.states import IN_OFFICE_HANDS, SubmissionState
from bulletins.validators import LONGEST_REPORT, check_printed_words
from portal.accounts.models import User
from portal.workflow import Refused, moving


def adopt_submission(submission: Submission, *, by: User) -> Submission:
    """The office will print it; from now on it waits for an issue."""
    with moving(submission, "adopt", by=by) as locked:
        fill_print_text(locked)
        locked.decided_at = timezone.now()
        locked.reason = ""
        tell_adopted(locked)
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
        tell_returned(locked)
    return submission


def decline_submission(submission: Submission, *, by: User, reason: str) -> Submission:
    """The office will not print it; the facts stay recorded. Refused once it stands in an issue."""
    with moving(submission, "decline", by=by, reason=reason) as locked:
        _require_unplaced(locked)
        locked.decided_at = timezone.now()
        locked.reason = reason.strip()
        tell_declined(locked)
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
    locked = locked_submission(submission)
    if not by.has_perm("bulletins.edit_submission", locked):
        raise PermissionDenied
    require(locked, locked.state in IN_OFFICE_HANDS, "编辑")
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


def _require_unplaced(submission: Submission) -> None:
    if hasattr(submission, "placement"):
        raise Refused("这篇稿件已编入一期工作动态，请先在编印页面把对应条目取出。")
