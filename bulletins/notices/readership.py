"""Messages about issues that were sent out."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from bulletins.content import IssueContent
from bulletins.models import Correction, Delivery, Issue
from bulletins.notices.audience import holders
from bulletins.queries.readership import delivered
from bulletins.rules import READER_ROLES
from portal.notices.services import send_notice


def tell_delivered(issue: Issue, deliveries: Iterable[Delivery], content: IssueContent) -> int:
    """An issue has arrived: leaders are shown it, units are asked to read it. Returns how many were told."""
    rows = list(deliveries)
    context = {"issue": issue, "sections": content.sections}
    address = reverse("received-issue", args=[issue.pk])
    shown = send_notice(
        occasion=delivered(issue),
        about=issue,
        to=[row.leader for row in rows if row.leader],
        template="issue_shown",
        context=context,
        url=address,
        why="您在本期的呈阅名单中",
    )
    told = send_notice(
        occasion=delivered(issue),
        about=issue,
        to=holders(*READER_ROLES, units=[row.unit_id for row in rows if row.unit_id]),
        template="issue_delivered",
        context=context,
        url=address,
        why="您所在单位在本期的发送范围内",
    )
    return shown + told


def tell_corrected(correction: Correction) -> int:
    """更正: whoever received the issue learns what was wrong and what is right."""
    return _tell_readership(correction.issue, f"correction:{correction.pk}", "issue_corrected", correction=correction)


def tell_voided(issue: Issue, *, reason: str) -> int:
    """作废: whoever received the issue is asked not to use it any more."""
    return _tell_readership(issue, f"issue:{issue.pk}:voided", "issue_voided", reason=reason)


def _tell_readership(issue: Issue, occasion: str, template: str, **context: object) -> int:
    """Tell the leaders and the units to whom an issue was sent."""
    rows = list(issue.deliveries.filter(sent_at__isnull=False).select_related("leader"))
    units = [row.unit_id for row in rows if row.unit_id]
    return send_notice(
        occasion=occasion,
        about=issue,
        to=[*(row.leader for row in rows if row.leader), *holders(*READER_ROLES, units=units)],
        template=template,
        context={"issue": issue, **context},
        url=reverse("received-issue", args=[issue.pk]),
        why="本期曾发送给您或您所在单位",
    )
