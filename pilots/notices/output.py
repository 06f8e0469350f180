"""Messages about outputs to those who report for their unit."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from pilots.models import Output
from portal.accounts.roles import DOING_ROLES
from portal.notices.audience import holders
from portal.notices.services import send_notice


def tell_confirmed(output: Output) -> None:
    _tell(output, "output_confirmed")


def tell_returned(output: Output, reason: str) -> None:
    _tell(output, "output_returned", reason)


def _tell(output: Output, template: str, reason: str = "") -> None:
    send_notice(
        occasion=f"output:{output.pk}:{template}:{timezone.now().timestamp():.6f}",
        about=output,
        to=holders(*DOING_ROLES, units=[output.unit]),
        template=template,
        context={"output": output, "reason": reason},
        url=reverse("output", args=[output.pk]),
        why="您负责本单位的成果报送",
    )
