"""Messages about agreements, to those who report and work for both sides."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alliances.models import Agreement
from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES
from portal.notices.audience import holders
from portal.notices.services import send_notice


def tell_recorded(agreement: Agreement, *, by: User) -> None:
    """An agreement or its renewal was recorded: to the side that did not do it."""
    _tell(agreement, _other_sides(agreement, by), "agreement_recorded", f"agreement:{agreement.pk}:recorded")


def tell_ended(agreement: Agreement, *, by: User) -> None:
    """It was ended before its time."""
    _tell(agreement, _other_sides(agreement, by), "agreement_ended", f"agreement:{agreement.pk}:ended")


def tell_ending(agreement: Agreement) -> None:
    """It ends soon: to both sides."""
    pair = agreement.partnership
    occasion = f"agreement:{agreement.pk}:ending:{agreement.last_day}"
    _tell(agreement, (pair.university, pair.county), "agreement_ending", occasion)


def _other_sides(agreement: Agreement, by: User) -> list[Unit]:
    """The sides for which ``by`` does not work."""
    pair = agreement.partnership
    return [side for side in (pair.university, pair.county) if not by.holds(*UNIT_ROLES, unit=side)]


def _tell(agreement: Agreement, sides: Iterable[Unit], template: str, occasion: str) -> None:
    for side in sides:
        send_notice(
            occasion=occasion,
            about=agreement,
            to=holders(*UNIT_ROLES, units=[side]),
            template=template,
            context={"agreement": agreement, "pair": agreement.partnership},
            url=reverse("agreement", args=[agreement.pk]),
            why=f"您负责{side.label}的工作",
        )
