"""Who may do what with cases: their unit as with reports, the office, and the experts who score them."""

from __future__ import annotations

from typing import Any

import rules

from bulletins.rules.posts import READER_ROLES, UNIT_ROLES, is_desk
from bulletins.rules.submission import (
    in_his_hands,
    is_alone_in_unit,
    reports_for_unit,
    signs_for_unit,
    unit_has_approver,
    works_for_unit,
)
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.accounts.rules import holds_post, is_editor, is_issuer, is_leader, is_reviewer


@rules.predicate
def scores_it(user: User, review: Any) -> bool:
    """The expert whom the office asked, as long as he is one."""
    return review is not None and review.expert_id == user.pk and user.holds(Role.EXPERT)


@rules.predicate
def is_asked(user: User, case: Any) -> bool:
    """One of the experts whom the office asked about this case."""
    return case is not None and user.holds(Role.EXPERT) and user.case_reviews.filter(version__case=case).exists()


rules.add_perm("bulletins.view_cases", holds_post(*READER_ROLES) | is_desk | is_leader)
rules.add_perm("bulletins.add_case", holds_post(*UNIT_ROLES))
rules.add_perm("bulletins.write_case", reports_for_unit | (works_for_unit & in_his_hands))
rules.add_perm("bulletins.send_case_to_approver", reports_for_unit & unit_has_approver)
rules.add_perm("bulletins.submit_case", reports_for_unit & ~unit_has_approver & (~in_his_hands | is_alone_in_unit))
rules.add_perm("bulletins.approve_case", signs_for_unit & ~in_his_hands)
rules.add_perm("bulletins.withdraw_case", reports_for_unit)
rules.add_perm("bulletins.view_case_reviews", is_desk)
rules.add_perm("bulletins.manage_cases", is_editor)
rules.add_perm("bulletins.publish_case", is_reviewer | is_issuer)
rules.add_perm("bulletins.see_case_scoring", holds_post(Role.EXPERT))
rules.add_perm("bulletins.score_case", is_asked)
rules.add_perm("bulletins.score_case_review", scores_it)
