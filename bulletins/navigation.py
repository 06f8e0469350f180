"""Navigation of this app (DOMAIN.md, labels on the screen)."""

from __future__ import annotations

from portal.registry import add_navigation

add_navigation(
    "信息报送",
    "submissions",
    icon="send",
    order=30,
    visible=lambda user: user.has_perm("bulletins.add_submission"),
)
add_navigation("来稿处理", "desk", icon="inbox", order=40, visible=lambda user: user.has_perm("bulletins.view_desk"))
add_navigation(
    "编印工作动态",
    "issues",
    icon="news",
    order=50,
    visible=lambda user: user.has_perm("bulletins.view_issues"),
)
add_navigation(
    "收阅工作动态",
    "received",
    icon="news",
    order=54,
    visible=lambda user: user.has_perm("bulletins.view_received"),
)
add_navigation(
    "批示办理",
    "remarks",
    icon="check",
    order=56,
    visible=lambda user: user.has_perm("bulletins.view_remarks"),
)
add_navigation("往期查询", "archive", icon="archive", order=60, visible=lambda user: True)
add_navigation(
    "统计台账",
    "ledger",
    icon="chart",
    order=120,
    visible=lambda user: user.has_perm("bulletins.view_ledger"),
)
