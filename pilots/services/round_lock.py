"""Whoever writes into a round of assessment keeps it where it is meanwhile."""

from __future__ import annotations

from pilots.models import Assessment


def hold_round(**belonging: int) -> Assessment:
    """The round: until this transaction ends nobody moves it on: its state, read after this, holds.

    ``belonging`` is a way from the round to what is written: ``communities__scores=7``. Before any row of it is
    locked: a step that ends a stage locks the round first, its rows later.
    """
    return Assessment.objects.select_for_update(of=("self",), no_key=True).get(**belonging)
