"""Who may do what, by noun: declared once, asked by name everywhere (``user.has_perm("bulletins.sign_issue", i)``)."""

from bulletins.rules import call, case, desk, issue, outputs, readership  # noqa: F401  (each declares permissions)
from bulletins.rules.authority import authority_of
from bulletins.rules.posts import DESK_ROLES, READER_ROLES, UNIT_ROLES, is_desk
from bulletins.rules.submission import (
    another_approves,
    approvers_of,
    has_one_post_holder,
    only_he_wrote,
    reports_for_unit,
    writes_for_school,
)

__all__ = [
    "DESK_ROLES",
    "READER_ROLES",
    "UNIT_ROLES",
    "another_approves",
    "approvers_of",
    "authority_of",
    "has_one_post_holder",
    "is_desk",
    "only_he_wrote",
    "reports_for_unit",
    "writes_for_school",
]
