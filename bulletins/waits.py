"""What waits for whom in which state of a report or an issue; read by the one mutator."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from bulletins.models import Issue, Submission
from bulletins.states import ISSUE_TRANSITIONS, SUBMISSION_TRANSITIONS, IssueState, SubmissionState
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import REPORTING_ROLES, Role
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


def submission_waits(submission: Submission) -> Iterable[Wait]:
    """The approver signs, the editor decides, the officer mends what came back."""
    title = f"{submission.unit}：{submission}"
    own = reverse("submission", args=[submission.pk])
    match submission.state:
        case SubmissionState.AWAITING_UNIT:
            yield Wait(title, "审核本单位稿件", own, unit=submission.unit, roles=(Role.UNIT_APPROVER,))
        case SubmissionState.RETURNED:
            yield Wait(title, "修改后重报", own, unit=submission.unit, roles=tuple(sorted(REPORTING_ROLES)))
        case SubmissionState.IN_REVIEW | SubmissionState.EDITING:
            desk = reverse("desk-submission", args=[submission.pk])
            yield Wait(title, "处理来稿", desk, unit=the_office(), roles=(Role.EDITOR,))


def issue_waits(issue: Issue) -> Iterable[Wait]:
    """Each link of the chain, in turn."""
    who: dict[str, tuple[str, Role]] = {
        IssueState.EDITING: ("编辑本期", Role.EDITOR),
        IssueState.PROOFING: ("校对并送审", Role.EDITOR),
        IssueState.AWAITING_REVIEW: ("审核本期", Role.REVIEWER),
        IssueState.AWAITING_SIGNATURE: ("签发本期", Role.ISSUER),
        IssueState.SIGNED: ("印发本期", Role.EDITOR),
    }
    if issue.signed_at:  # a past issue that was taken in is nobody's errand
        who[IssueState.PRINTED] = ("公开审查", Role.REVIEWER)
    if issue.state in who:
        what, role = who[issue.state]
        url = reverse("issue", args=[issue.pk])
        yield Wait(f"{issue}（{issue.issue_date:%-m月%-d日}）", what, url, unit=the_office(), roles=(role,))


register(Submission, Workflow("稿件", SUBMISSION_TRANSITIONS, submission_waits))
register(Issue, Workflow("本期", ISSUE_TRANSITIONS, issue_waits))
