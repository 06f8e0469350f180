"""Who may record an agreement of a pair, correct it, renew it and end it."""

from __future__ import annotations

from typing import Any

import rules

from alliances.rules.partnership import works_on_a_side
from alliances.rules.posts import is_office_worker
from portal.accounts.models import User


@rules.predicate
def works_on_its_pair(user: User, agreement: Any) -> bool:
    return agreement is not None and works_on_a_side(user, agreement.partnership)


rules.add_perm("alliances.record_agreement", is_office_worker | works_on_its_pair)
