"""Messages about a pair itself, from the office to both sides."""

from __future__ import annotations

from django.urls import reverse

from alliances.models import Partnership
from portal.accounts.roles import UNIT_ROLES
from portal.notices.audience import holders
from portal.notices.services import send_notice


def tell_paired(pair: Partnership) -> None:
    """The office has paired the two."""
    _tell(pair, "partnership_made", f"partnership:{pair.pk}:made")


def tell_ended(pair: Partnership) -> None:
    """The office has ended the pair before its time."""
    _tell(pair, "partnership_ended", f"partnership:{pair.pk}:ended")


def _tell(pair: Partnership, template: str, occasion: str) -> None:
    for side in (pair.university, pair.county):
        send_notice(
            occasion=occasion,
            about=pair,
            to=holders(*UNIT_ROLES, units=[side]),
            template=template,
            context={"pair": pair},
            url=reverse("partnership", args=[pair.pk]),
            why=f"您负责{side.label}的工作",
        )
