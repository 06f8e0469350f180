"""Messages about 请单位核稿: the question to the unit, the answer to the office."""

from __future__ import annotations

from django.urls import reverse

from bulletins.models import Confirmation
from bulletins.notices.audience import holders, reporters_of
from portal.accounts.roles import Role
from portal.notices.services import send_notice


def tell_asked(asked: Confirmation) -> None:
    """To the unit's officer, deputy and approver."""
    unit = asked.submission.unit
    send_notice(
        occasion=f"confirmation:{asked.pk}:asked",
        about=asked,
        to=[*reporters_of(unit), *holders(Role.UNIT_APPROVER, units=[unit])],
        template="confirmation_asked",
        context={"asked": asked, "unit": unit},
        url=reverse("confirmation", args=[asked.pk]),
        why=f"您办理{unit.label}的信息报送",
    )


def tell_answered(asked: Confirmation) -> None:
    """To the editor who asked, and to the one whose errand the report is."""
    report = asked.submission
    place = getattr(report, "placement", None)
    url = reverse("entry-talk", args=[place.entry_id]) if place else reverse("desk-submission", args=[report.pk])
    send_notice(
        occasion=f"confirmation:{asked.pk}:answered",
        about=asked,
        to=[person for person in (asked.asked_by, report.assigned_to) if person is not None],
        template="confirmation_answered",
        context={"asked": asked, "unit": report.unit},
        url=url,
        why="您请单位核稿，或负责这篇稿件",
    )
