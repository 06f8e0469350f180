"""The unit's writes to its report: writing it, sending it in, signing it, taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bulletins.models import Submission
from bulletins.notices.submission import tell_sent_back
from bulletins.rules import UNIT_ROLES
from bulletins.services.saving import StaleSave, locked_submission, require
from bulletins.services.submission_rows import settle_rows
from bulletins.states import WITH_UNIT, SubmissionState
from bulletins.validators import (
    check_length,
    check_report_text,
)
from pilots.services.activity import record_activities
from pilots.services.activity_row import Row
from pilots.states import ActivityState
from portal.accounts.models import Unit, User
from portal.audit.models import record
from portal.files.services import forget_owner
from portal.inbox.services import replace_waiting
from portal.workflow import moving, started


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
    locked = locked_submission(submission)
    if not by.has_perm("bulletins.write_submission", locked):
        raise PermissionDenied
    require(locked, locked.state in WITH_UNIT, "修改")
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
    locked = locked_submission(submission)
    if not by.has_perm("bulletins.write_submission", locked):
        raise PermissionDenied
    require(locked, locked.state == SubmissionState.DRAFT and locked.submitted_at is None, "删除")
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
        tell_sent_back(locked, by=by)
    return submission


def withdraw_submission(submission: Submission, *, by: User) -> Submission:
    """The unit takes its report back before the office has begun to edit it."""
    with moving(submission, "withdraw", by=by):
        pass
    return submission


def _leave_unit(submission: Submission) -> None:
    record_activities(submission.activities.all())
    submission.submitted_at = timezone.now()
    submission.decided_at = None
    submission.reason = ""
