"""Parts of a unit's pages that come from the office: points of a return, comments, questions about a text."""

from __future__ import annotations

from typing import Any

from django import template

from bulletins.models import Confirmation, Submission
from bulletins.queries.comment import unit_comments
from bulletins.queries.confirmation import confirmations_for
from bulletins.services.points import latest_round
from portal.accounts.models import User

register = template.Library()


@register.inclusion_tag("submissions/points_panel.html")
def points_panel(submission: Submission) -> dict[str, Any]:
    """The points of the latest return beside the text that is being mended; nothing where there are none."""
    points = list(submission.points.filter(round=latest_round(submission)))
    unanswered = sum(not point.answer for point in points)
    return {"submission": submission, "points": points, "unanswered": unanswered}


@register.inclusion_tag("submissions/points_told.html")
def points_told(submission: Submission) -> dict[str, Any]:
    """All points of all returns with their answers, to be read."""
    return {"points": list(submission.points.select_related("answered_by"))}


@register.inclusion_tag("submissions/with_office.html", takes_context=True)
def with_office(context: template.Context, submission: Submission) -> dict[str, Any]:
    """What the office wrote to the unit and asks it about the text, with the place to answer."""
    user: User = context["user"]
    comments = list(unit_comments(user, submission))
    asked = confirmations_for(user).filter(submission=submission)
    return {
        "submission": submission,
        "comments": comments,
        "asked": [row for row in asked if row.answer != Confirmation.Answer.CLOSED],
        "may_write": bool(comments) and user.has_perm("bulletins.answer_office", submission),
        "typed": context.get("typed_answer", ""),
        "csrf_token": context.get("csrf_token"),
    }
