"""Navigation of this app (DOMAIN.md, labels on the screen)."""

from __future__ import annotations

from portal.registry import add_navigation

add_navigation(
    "五个一批",
    "batches",
    icon="check",
    order=90,
    visible=lambda user: user.has_perm("pilots.view_tasks"),
)
