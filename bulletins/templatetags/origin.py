"""Where a report comes from and how it was signed: parts of the unit's pages and of the desk's."""

from __future__ import annotations

from typing import Any

from django import template

from bulletins.models import Submission
from bulletins.queries.collecting import collects_for, credits_of, parts_of
from bulletins.queries.signing import approvers_to_ask, cannot_send, open_links, signing_of
from bulletins.queries.submission import submissions_for
from bulletins.states import WITH_UNIT, SubmissionState
from portal.accounts.models import User
from portal.files.queries import attachments_of_owner
from portal.workflow import available

register = template.Library()


@register.inclusion_tag("collecting/origin.html", takes_context=True)
def origin(context: template.Context, submission: Submission) -> dict[str, Any]:
    """Who contributed (供稿) with their reports and files, who wrote it for whom, and how it was signed."""
    user: User = context["user"]
    parts = parts_of(submission)
    seen = set(submissions_for(user).filter(part_of=submission).values_list("pk", flat=True)) if parts else set()
    signing = signing_of(submission)
    return {
        "submission": submission,
        "parts": [(part, list(attachments_of_owner(part)) if part.pk in seen else None) for part in parts],
        "credits": credits_of(submission) if parts else "",
        "signing": signing,
        "scans": list(attachments_of_owner(signing.row)) if signing else [],
        "may_take_apart": submission.state in WITH_UNIT and user.has_perm("bulletins.write_submission", submission),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("signing/panel.html", takes_context=True)
def signing_panel(context: template.Context, submission: Submission) -> dict[str, Any]:
    """For the officer: other ways than an approver who signs in, and why a draft cannot be sent."""
    user: User = context["user"]
    waits = submission.state == SubmissionState.AWAITING_UNIT
    open_now = waits or submission.state in WITH_UNIT
    may_link = waits and user.has_perm("bulletins.make_sign_link", submission)
    may_write = submission.state in WITH_UNIT and user.has_perm("bulletins.write_submission", submission)
    sends = {"send_to_approver", "submit", "hand_in"}
    stuck = may_write and not any(step.name in sends for step in available(submission, user))
    return {
        "submission": submission,
        "on_paper": open_now and user.has_perm("bulletins.submit_on_paper", submission),
        "approvers": list(approvers_to_ask(submission)) if may_link else [],
        "links": list(open_links(submission)) if may_link else [],
        "obstacle": cannot_send(submission) if stuck else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def collecting_tabs(context: template.Context) -> dict[str, bool]:
    """Which tabs of 信息报送 the person has beside his unit's own reports."""
    user: User = context["user"]
    return {"collected": collects_for(user), "counties": user.has_perm("bulletins.view_counties")}
