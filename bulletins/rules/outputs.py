"""Who may count, bind volumes and make certificates."""

from __future__ import annotations

from typing import Any

import rules

from bulletins.rules.posts import UNIT_ROLES, is_desk
from bulletins.states import SubmissionState
from portal.accounts.models import User
from portal.accounts.rules import holds_post, is_editor, is_issuer, is_leader, is_reviewer


@rules.predicate
def certified_for(user: User, submission: Any) -> bool:
    """Somebody of the unit, or of the office, for a report that was printed."""
    if submission is None or submission.state != SubmissionState.PRINTED:
        return False
    return user.holds(*UNIT_ROLES, unit=submission.unit_id) or is_editor(user)


rules.add_perm("bulletins.view_whole_ledger", is_desk | is_leader)
rules.add_perm("bulletins.view_ledger", is_desk | is_leader | holds_post(*UNIT_ROLES))
rules.add_perm("bulletins.keep_point_rules", is_editor | is_reviewer)
rules.add_perm("bulletins.write_circular", is_editor | is_reviewer)
rules.add_perm("bulletins.bind_volume", is_editor | is_reviewer | is_issuer)
rules.add_perm("bulletins.make_certificate", certified_for)
