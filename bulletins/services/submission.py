"""The unit's writes to its report: writing it, sending it in, signing it, taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from bulletins.models import SignOff, Submission
from bulletins.notices.submission import tell_sent_back
from bulletins.rules import UNIT_ROLES
from bulletins.services.leaving import come_home, leave_unit
from bulletins.services.parts import free_parts
from bulletins.services.saving import StaleSave, locked_submission, require
from bulletins.services.signing import sign, way_of_sending
from bulletins.services.submission_rows import settle_rows
from bulletins.states import WITH_UNIT, SubmissionState
from bulletins.validators import check_length, check_report_text
from pilots.services.activity_row import Row
from pilots.states import ActivityState
from portal.accounts.models import Unit, User
from portal.accounts.roles import REPORTING_ROLES
from portal.audit.models import Entry, history, record
from portal.files.services import forget_owner
from portal.inbox.services import replace_waiting
from portal.notices.services import forget_notices
from portal.refusals import Refused
from portal.reviews.queries.route import collects_from
from portal.workflow import moving, started

#: Recorded once for each who writes in the post of somebody else: he does not approve it then.
WRITTEN_FOR = "bulletins.submission.write_for"


@transaction.atomic
def create_submission(*, unit: Unit, by: User, title: str = "", text: str = "") -> Submission:
    """A new draft of ``unit``. An untouched empty draft of the same writer is taken up again instead.

    Who reports for the unit that collects from ``unit`` may write for it (代写); that is kept with the report.
    """
    writer = None if by.holds(*UNIT_ROLES, unit=unit) else collector_writing(unit, by)
    check_length(title, text)
    if not title and not text:
        drafts = Submission.objects.filter(
            unit=unit,
            author=by,
            written_by=writer,
            state=SubmissionState.DRAFT,
            title="",
            text="",
            activities__isnull=True,
        )
        empty = drafts.filter(Q(draft_rows__isnull=True) | Q(draft_rows=[])).first()
        if empty:
            return empty
    submission = Submission.objects.create(unit=unit, author=by, written_by=writer, title=title, text=text)
    started(submission, "代写稿件" if writer else "新建稿件", by=by)
    return submission


def collector_writing(unit: Unit, by: User) -> Unit:
    """The unit for which ``by`` reports and which collects from ``unit``. Raises PermissionDenied if there is none."""
    collector = next((own for own in by.units_as(*REPORTING_ROLES) if collects_from(own, unit)), None)
    if collector is None:
        raise PermissionDenied
    return collector


@transaction.atomic
def save_draft(
    submission: Submission, *, by: User, title: str, text: str, version: int, rows: Sequence[Row] | None = None
) -> Submission:
    """Store what the unit has typed so far; ``rows`` None leaves the activities alone.

    Rows are stored as typed, also wrong and incomplete ones: they become activities when the report is sent.
    Raises StaleSave where ``version`` is not the stored one and the words differ. Autosave calls this every
    few seconds, so it leaves no audit row, but one for who first writes in the post of somebody else.
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
        if by.acts_as is not None and not _written_for(locked).filter(by=by, data__acting_for=by.acts_as.pk).exists():
            record(locked, WRITTEN_FOR, "代为撰写", by=by)
    return locked


def has_written_for(submission: Submission, user: User) -> bool:
    """Whether ``user`` has written on a report in the post of somebody else (代办), or somebody has in his."""
    return _written_for(submission).filter(Q(by=user) | Q(data__acting_for=user.pk)).exists()


def _written_for(submission: Submission) -> QuerySet[Entry]:
    return history(submission).filter(action=WRITTEN_FOR)


@transaction.atomic
def delete_draft(submission: Submission, *, by: User) -> None:
    """Throw away a draft that never left the unit, with its unrecorded activities; what was joined in it is free."""
    locked = locked_submission(submission)
    if not by.has_perm("bulletins.write_submission", locked):
        raise PermissionDenied
    require(locked, locked.state == SubmissionState.DRAFT and locked.submitted_at is None, "删除")
    record(locked, "bulletins.submission.delete", "删除草稿", by=by, title=locked.title)
    replace_waiting(locked, ())
    forget_owner(locked)
    forget_notices(locked)
    free_parts(locked, by=by)
    for activity in locked.activities.filter(state=ActivityState.DRAFT):
        activity.delete()
    locked.delete()


def submit_submission(submission: Submission, *, by: User) -> Submission:
    """Send a report in: to the unit's approver where there is one, else on its way up.

    Raises ValidationError where title, text or an activity's facts are wanting.
    """
    to_approver = by.has_perm("bulletins.send_submission_to_approver", submission)
    with moving(submission, "send_to_approver" if to_approver else "submit", by=by) as locked:
        check_report_text(locked.title, locked.text)
        settle_rows(locked, by=by)
        locked.reason = ""
        if not to_approver:
            leave_unit(locked, by=by)
            sign(locked, way_of_sending(locked, by), by=by)
    return submission


def approve_submission(
    submission: Submission, *, by: User, seen: int | None = None, way: SignOff.Way = SignOff.Way.PORTAL
) -> Submission:
    """The unit's approver signs, and the report leaves the unit.

    ``seen`` is the version that he had before him, where a page showed it: another one he has not approved.
    """
    with moving(submission, "approve", by=by) as locked:
        if seen is not None and seen != locked.version:
            raise Refused("您看到的文字之后，稿件又改过。请看过现在的文字再决定。")
        if has_written_for(locked, by):
            raise Refused("您代他人、或他人代您撰写过这篇稿件，须由另一位审核人审核；没有的，请信息员上传签批件。")
        check_report_text(locked.title, locked.text)
        settle_rows(locked, by=by)
        leave_unit(locked, by=by)
        sign(locked, way, by=by)
    return submission


def send_back_submission(submission: Submission, *, by: User, reason: str) -> Submission:
    """The unit's approver wants it changed; the writer reads why."""
    with moving(submission, "send_back", by=by, reason=reason) as locked:
        locked.reason = reason.strip()
        tell_sent_back(locked, by=by)
    return submission


def withdraw_submission(submission: Submission, *, by: User) -> Submission:
    """The unit takes its report back before the office has begun to edit it, or a collecting unit has taken it up."""
    with moving(submission, "withdraw", by=by) as locked:
        come_home(locked)
    return submission
