"""Who is told: the ground's people behind a unit or an office."""

from __future__ import annotations

from portal.notices.audience import holders, reporters_of

__all__ = ["holders", "reporters_of"]
