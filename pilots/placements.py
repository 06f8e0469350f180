"""When units' places in the tree change, also past ones, their activities count anew for those above them."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from pilots.services.activity_credit import renew_credits_of_units
from portal.accounts.services.unit_registrar import units_placed


@receiver(units_placed)
def places_changed(units: set[int], **_: Any) -> None:
    renew_credits_of_units(units)
