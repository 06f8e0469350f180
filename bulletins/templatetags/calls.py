"""Which call a report answers, on its pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from bulletins.models import Submission
from bulletins.rules import UNIT_ROLES

register = template.Library()


@register.inclusion_tag("calls/_of_report.html", takes_context=True)
def call_of_report(context: Context, submission: Submission) -> dict[str, Any]:
    """The call, led to as far as the reader may see it; and on the unit's side who has taken the report over."""
    user = context["request"].user
    own = user.holds(*UNIT_ROLES, unit=submission.unit_id)
    url = ""
    if submission.call_id is not None and (own or user.has_perm("bulletins.view_calls")):
        url = reverse("own-call" if own else "call", args=[submission.call_id])
    return {"submission": submission, "url": url, "keeper": submission.keeper if own else None}
