"""When a unit's place in the tree changes, also one of the past, its activities count anew for those above it."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from pilots.services.activity_credit import renew_credits_of_unit
from portal.accounts.models import UnitPlacement


@receiver([post_save, post_delete], sender=UnitPlacement)
def place_changed(sender: type[UnitPlacement], instance: UnitPlacement, **_: Any) -> None:
    renew_credits_of_unit(instance.unit_id)
