"""Who may do what with issues."""

from __future__ import annotations

from typing import Any

import rules

from bulletins.rules.authority import has_authority
from bulletins.rules.posts import is_desk
from bulletins.states import IssueState
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.accounts.rules import is_editor, is_issuer, is_leader, is_reviewer


@rules.predicate
def is_not_public(_user: User, issue: Any) -> bool:
    return issue is not None and issue.published_at is None


@rules.predicate
def holds_good(_user: User, issue: Any) -> bool:
    """A voided issue is no longer handed out; the desk keeps it for the record."""
    return issue is not None and issue.state != IssueState.VOIDED


may_review = is_reviewer | has_authority(Role.REVIEWER)
may_sign = is_issuer | has_authority(Role.ISSUER)


@rules.predicate
def holds_the_pen(user: User, issue: Any) -> bool:
    """Who may send an issue back: the reviewer while it is with him, the issuer while it is with him."""
    if issue is None:
        return False
    if issue.state == IssueState.AWAITING_REVIEW:
        return bool(may_review(user))
    return issue.state == IssueState.AWAITING_SIGNATURE and bool(may_sign(user))


rules.add_perm("bulletins.view_issues", is_desk | is_leader)
rules.add_perm("bulletins.edit_issue", is_editor)
rules.add_perm("bulletins.review_issue", may_review)
rules.add_perm("bulletins.sign_issue", may_sign)
rules.add_perm("bulletins.enter_signed_sheet", is_editor)
rules.add_perm("bulletins.download_issue", is_desk | is_leader | holds_good)
rules.add_perm("bulletins.print_reports", is_editor | may_sign)
rules.add_perm("bulletins.print_issue", is_editor | is_issuer)
rules.add_perm("bulletins.publish_issue", is_reviewer | is_issuer)
rules.add_perm("bulletins.publish_corrected_issue", (is_reviewer | is_issuer) & is_not_public)
rules.add_perm("bulletins.manage_review_items", is_reviewer | is_issuer)
rules.add_perm("bulletins.correct_issue", is_reviewer | is_issuer)
rules.add_perm("bulletins.void_issue", is_issuer)
rules.add_perm("bulletins.send_back_issue", holds_the_pen)
