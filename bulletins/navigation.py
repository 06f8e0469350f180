"""Navigation of this app (DOMAIN.md, labels on the screen)."""

from __future__ import annotations

from pilots.models import Activity
from pilots.states.activity import KEPT
from portal.accounts.models import User
from portal.registry import add_action, add_navigation

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
add_navigation(
    "典型案例",
    "cases",
    icon="archive",
    order=58,
    visible=lambda user: user.has_perm("bulletins.view_cases"),
)
add_navigation(
    "案例评审",
    "case-reviews",
    icon="check",
    order=59,
    visible=lambda user: user.has_perm("bulletins.see_case_scoring"),
)
add_navigation("往期查询", "archive", icon="archive", order=60, visible=lambda user: True)
add_navigation(
    "统计台账",
    "ledger",
    icon="chart",
    order=120,
    visible=lambda user: user.has_perm("bulletins.view_ledger"),
)


def may_report_on(user: User, activity: object | None) -> bool:
    """On a list, whoever writes reports; on a page, where the activity is his own unit's."""
    if not user.has_perm("bulletins.add_submission"):
        return False
    if activity is None:
        return True
    return isinstance(activity, Activity) and activity.state in KEPT and user.has_perm("pilots.edit_activity", activity)


add_action("activity", "写成稿件", "submission-from-activities", icon="send", visible=may_report_on)
