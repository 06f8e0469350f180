"""Who has to do something about an issue."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from bulletins.models import Issue
from bulletins.queries.authority import authorities_today
from bulletins.queries.issue import issues_on_their_way
from bulletins.states import ISSUE_TRANSITIONS, IssueState
from portal.accounts.queries.unit import the_office
from portal.accounts.roles import Role
from portal.inbox.awaited import add_awaited
from portal.inbox.services import Wait
from portal.workflow import Workflow, register


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
        title = f"{issue}（{issue.issue_date:%-m月%-d日}）"
        yield Wait(title, what, url, unit=the_office(), roles=(role,))
        if issue.state in (IssueState.AWAITING_REVIEW, IssueState.AWAITING_SIGNATURE):
            for authority in authorities_today().filter(role=role):
                yield Wait(title, f"代{authority.principal}{what}"[:40], url, user=authority.substitute)


register(Issue, Workflow("本期", ISSUE_TRANSITIONS, issue_waits))
add_awaited(Issue, issues_on_their_way)
