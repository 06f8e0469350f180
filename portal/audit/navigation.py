"""Navigation of this app."""

from portal.registry import add_navigation

add_navigation(
    "操作记录",
    "audit",
    icon="history",
    order=132,
    visible=lambda user: user.has_perm("audit.view"),
)
