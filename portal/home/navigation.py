"""Navigation of the work desk, which everybody has, and of the boards."""

from __future__ import annotations

from portal.registry import add_navigation

add_navigation("工作台", "home", icon="home", order=10, visible=lambda user: True)
add_navigation("待办事项", "waiting", icon="check", order=20, visible=lambda user: True)
add_navigation(
    "统计一览",
    "board",
    icon="chart",
    order=118,
    visible=lambda user: user.has_perm("home.view_boards"),
)
