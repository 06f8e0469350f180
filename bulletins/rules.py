"""Who may do what with reports and issues; declared once, asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from bulletins.states import IssueState
from portal.accounts.models import User
from portal.accounts.queries.post import posts_on
from portal.accounts.roles import REPORTING_ROLES, Role
from portal.accounts.rules import holds_post, is_editor, is_issuer, is_leader, is_reviewer

#: Posts in a unit that take part in its reporting.
UNIT_ROLES = (*sorted(REPORTING_ROLES), Role.UNIT_APPROVER, Role.STAFF)
#: Posts in the office that read what units have sent in.
DESK_ROLES = (Role.EDITOR, Role.REVIEWER, Role.ISSUER, Role.AUDITOR)


@rules.predicate
def reports_for_unit(user: User, submission: Any) -> bool:
    """The one information officer of the unit, or the deputy."""
    return submission is not None and user.holds(*REPORTING_ROLES, unit=submission.unit_id)


@rules.predicate
def works_for_unit(user: User, submission: Any) -> bool:
    return submission is not None and user.holds(Role.STAFF, unit=submission.unit_id)


@rules.predicate
def approves_for_unit(user: User, submission: Any) -> bool:
    return submission is not None and user.holds(Role.UNIT_APPROVER, unit=submission.unit_id)


@rules.predicate
def is_author(user: User, submission: Any) -> bool:
    return submission is not None and submission.author_id == user.pk


def another_approves(submission: Any) -> bool:
    """Somebody other than the writer signs what leaves the unit; nobody approves what only he wrote."""
    approvers = posts_on().filter(unit=submission.unit_id, role=Role.UNIT_APPROVER, user__is_active=True)
    return approvers.exclude(user=submission.author_id).exists()


@rules.predicate
def unit_has_approver(_user: User, submission: Any) -> bool:
    return submission is not None and another_approves(submission)


@rules.predicate
def holds_the_pen(user: User, issue: Any) -> bool:
    """Who may send an issue back: the reviewer while it is with him, the issuer while it is with him."""
    if issue is None:
        return False
    if issue.state == IssueState.AWAITING_REVIEW:
        return user.holds(Role.REVIEWER)
    return issue.state == IssueState.AWAITING_SIGNATURE and user.holds(Role.ISSUER)


is_desk = holds_post(*DESK_ROLES)

rules.add_perm("bulletins.add_submission", holds_post(*UNIT_ROLES))
rules.add_perm("bulletins.write_submission", reports_for_unit | (works_for_unit & is_author))
rules.add_perm("bulletins.send_submission_to_approver", reports_for_unit & unit_has_approver)
rules.add_perm("bulletins.submit_submission", reports_for_unit & ~unit_has_approver)
rules.add_perm("bulletins.approve_submission", approves_for_unit & ~is_author)
rules.add_perm("bulletins.withdraw_submission", reports_for_unit)
rules.add_perm("bulletins.view_desk", is_desk)
rules.add_perm("bulletins.edit_submission", is_editor)
rules.add_perm("bulletins.adopt_submission", is_editor)
rules.add_perm("bulletins.return_submission", is_editor)
rules.add_perm("bulletins.decline_submission", is_editor)
rules.add_perm("bulletins.view_issues", is_desk | is_leader)
rules.add_perm("bulletins.edit_issue", is_editor)
rules.add_perm("bulletins.review_issue", is_reviewer)
rules.add_perm("bulletins.sign_issue", is_issuer)
rules.add_perm("bulletins.print_issue", is_editor | is_issuer)
rules.add_perm("bulletins.publish_issue", is_reviewer | is_issuer)
rules.add_perm("bulletins.send_back_issue", holds_the_pen)
