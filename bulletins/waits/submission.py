"""Who has to do something about a report."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from bulletins.models import Submission
from bulletins.queries.submission import own_submissions
from bulletins.services.call_answer import follow_submission
from bulletins.services.parts import follow_parts
from bulletins.states import SUBMISSION_TRANSITIONS, SubmissionState
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import REPORTING_ROLES, Role
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def submission_waits(submission: Submission) -> Iterable[Wait]:
    """The officer takes what staff and schools sent, the approver signs, the editor decides, who wrote mends."""
    title = f"{submission.unit}：{submission}"
    own = reverse("submission", args=[submission.pk])
    officers = tuple(sorted(REPORTING_ROLES))
    match submission.state:
        case SubmissionState.HANDED_IN:
            yield Wait(title, "处理本单位来稿", own, unit=submission.unit, roles=officers)
        case SubmissionState.COLLECTING:
            yield Wait(title, "汇总下级来稿", own, unit=submission.at, roles=officers)
        case SubmissionState.AWAITING_UNIT:
            yield Wait(title, "审核本单位稿件", own, unit=submission.unit, roles=(Role.UNIT_APPROVER,))
        case SubmissionState.RETURNED if submission.at_id == submission.unit_id:  # by the unit's own officer
            yield Wait(title, "修改后重交", own, user=submission.author)
        case SubmissionState.RETURNED:
            yield Wait(title, "修改后重报", own, unit=submission.unit, roles=officers)
            if submission.written_by is not None:
                yield Wait(title, "修改后重报", own, unit=submission.written_by, roles=officers)
        case SubmissionState.IN_REVIEW | SubmissionState.EDITING:
            desk = reverse("desk-submission", args=[submission.pk])
            if submission.assigned_to is not None and submission.assigned_to.holds(Role.EDITOR):
                yield Wait(title, "处理来稿", desk, user=submission.assigned_to)
            else:
                yield Wait(title, "处理来稿", desk, unit=the_office(), roles=(Role.EDITOR,))


def follow(submission: Submission, by: User) -> None:
    """What hangs on a report: the calls that it answers, and what was joined into it."""
    follow_submission(submission)
    follow_parts(submission, by)


register(Submission, Workflow("稿件", SUBMISSION_TRANSITIONS, submission_waits, follow))
add_awaited(Submission, own_submissions, lambda pks: {pk: reverse("submission", args=[pk]) for pk in pks})
