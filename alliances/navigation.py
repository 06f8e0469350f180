"""Navigation of this app (DOMAIN.md, labels on the screen)."""

from __future__ import annotations

from portal.registry import add_navigation

add_navigation("结对合作", "partnerships", icon="link", order=70, visible=lambda user: True)
