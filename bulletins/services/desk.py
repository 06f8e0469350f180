"""The office's writes to a report (来稿处理): deciding on it and editing it for print."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from bulletins.models import ReturnPoint, Submission
from bulletins.notices.submission import tell_adopted, tell_declined, tell_returned
from bulletins.services.asking_units import close_questions
from bulletins.services.deciding import (
    forget_held,
    put_adopted,
    put_declined,
    put_returned,
    require_unplaced,
    words_of,
)
from bulletins.services.marking import keep_locked
from bulletins.services.points import Point, new_points, returns_of
from bulletins.services.saving import StaleSave, locked_submission, require
from bulletins.states import IN_OFFICE_HANDS, SubmissionState
from bulletins.validators import LONGEST_REPORT, check_printed_words
from portal.accounts.models import User
from portal.workflow import moving


def adopt_submission(submission: Submission, *, by: User) -> Submission:
    """The office will print it; from now on it waits for an issue."""
    with moving(submission, "adopt", by=by) as locked:
        put_adopted(locked)
        forget_held([locked])
        tell_adopted(locked)
    return submission


def return_submission(submission: Submission, *, by: User, reason: str, points: Sequence[Point] = ()) -> Submission:
    """The office asks the unit for changes, at will paragraph by paragraph. Refused once it stands in an issue.

    The record keeps both texts as they were, so that the desk can show what changed when it comes back.
    """
    submission.refresh_from_db()
    with moving(submission, "return", by=by, reason=reason, **words_of(submission)) as locked:
        number = returns_of([locked.pk]).get(locked.pk, 0) + 1
        ReturnPoint.objects.bulk_create(new_points(locked, points, number=number, by=by))
        put_returned(locked, reason)
        forget_held([locked])
        close_questions([locked])
        tell_returned(locked)
    return submission


def decline_submission(submission: Submission, *, by: User, reason: str) -> Submission:
    """The office will not print it; the facts stay recorded. Refused once it stands in an issue."""
    with moving(submission, "decline", by=by, reason=reason) as locked:
        put_declined(locked, reason)
        forget_held([locked])
        close_questions([locked])
        tell_declined(locked)
    return submission


def reopen_submission(submission: Submission, *, by: User) -> Submission:
    """Undo adoption or decline: the report is being edited again."""
    with moving(submission, "reopen", by=by) as locked:
        require_unplaced(locked)
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
    require_unplaced(locked)
    if locked.version != version and (locked.print_lead, locked.print_text) != (lead, text):
        raise StaleSave(locked)
    keep_locked(locked, lead=lead, text=text)
    if locked.state == SubmissionState.IN_REVIEW:
        with moving(locked, "start_editing", by=by):
            pass
    Submission.objects.filter(pk=locked.pk).update(
        print_lead=lead, print_text=text, version=locked.version + 1, updated_at=timezone.now()
    )
    submission.refresh_from_db()
    return submission
