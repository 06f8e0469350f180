"""Navigation of the work desk, which everybody has."""

from __future__ import annotations

from portal.registry import add_navigation

add_navigation("工作台", "home", icon="home", order=10, visible=lambda user: True)
add_navigation("待办事项", "waiting", icon="check", order=20, visible=lambda user: True)
