"""Navigation of this app."""

from portal.registry import add_navigation

add_navigation(
    "单位与岗位",
    "units",
    icon="building",
    order=130,
    visible=lambda user: user.has_perm("accounts.view_units"),
)
add_navigation(
    "人员",
    "people",
    icon="users",
    order=131,
    visible=lambda user: user.has_perm("accounts.manage_users"),
)
