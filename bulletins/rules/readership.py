"""Who sends issues out, who confirms them, and who writes, passes on and answers remarks."""

from __future__ import annotations

from typing import Any

import rules

from bulletins.rules.posts import READER_ROLES, is_desk
from portal.accounts.models import User
from portal.accounts.roles import REPORTING_ROLES
from portal.accounts.rules import holds_post, is_editor, is_issuer, is_leader, is_reviewer


@rules.predicate
def reads_for_unit(user: User, delivery: Any) -> bool:
    """Somebody of the unit that received the issue; a leader is shown it and never asked to confirm."""
    return delivery is not None and delivery.unit_id is not None and user.holds(*READER_ROLES, unit=delivery.unit_id)


@rules.predicate
def answers_for_unit(user: User, follow_up: Any) -> bool:
    """The officer or the deputy of the unit that a remark was passed to."""
    return follow_up is not None and user.holds(*REPORTING_ROLES, unit=follow_up.unit_id)


rules.add_perm("bulletins.view_received", holds_post(*READER_ROLES) | is_leader)
rules.add_perm("bulletins.view_readership", is_desk)
rules.add_perm("bulletins.edit_readership", is_editor)
rules.add_perm("bulletins.send_issue", is_editor | is_issuer)
rules.add_perm("bulletins.confirm_delivery", reads_for_unit)
rules.add_perm("bulletins.write_remark", is_leader | is_editor | is_reviewer)
rules.add_perm("bulletins.record_remark", is_editor | is_reviewer)
rules.add_perm("bulletins.view_remarks", is_desk | is_leader)
rules.add_perm("bulletins.pass_remark", is_editor | is_reviewer)
rules.add_perm("bulletins.pass_follow_up", is_editor | is_reviewer)
rules.add_perm("bulletins.answer_remark", answers_for_unit)
