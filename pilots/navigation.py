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
add_navigation(
    "活动",
    "activities",
    icon="check",
    order=85,
    visible=lambda user: user.has_perm("pilots.view_activities"),
)
add_navigation(
    "目标监测",
    "targets",
    icon="chart",
    order=100,
    visible=lambda user: user.has_perm("pilots.view_targets"),
)
add_navigation(
    "考核评价",
    "assessments",
    icon="check",
    order=110,
    visible=lambda user: user.has_perm("pilots.view_assessments"),
)
add_navigation(
    "城乡共同体",
    "communities",
    icon="link",
    order=80,
    visible=lambda user: user.has_perm("pilots.view_communities"),
)
add_navigation(
    "试点管理",
    "pilots",
    icon="building",
    order=75,
    visible=lambda user: user.has_perm("pilots.view_pilots"),
)
