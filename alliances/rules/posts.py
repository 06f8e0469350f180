"""Who works for the office and who reads everything: what rules and lists here and in pilots are composed of."""

from __future__ import annotations

from typing import Any

import rules

from portal.accounts.models import User
from portal.accounts.roles import OFFICE_PLANNERS, OFFICE_READERS, Role, UnitKind


@rules.predicate
def is_office_worker(user: User, _obj: Any = None) -> bool:
    """Editors, reviewers and staff of the province office."""
    if user.holds(*OFFICE_PLANNERS):
        return True
    return any(
        unit.kind == UnitKind.PROVINCE_OFFICE and user.holds(Role.STAFF, unit=unit)
        for unit in user.units_as(Role.STAFF)
    )


def reads_all(user: User) -> bool:
    """The office, its leaders and its auditor read what all pairs and all units do."""
    return user.holds(*OFFICE_READERS) or bool(is_office_worker.test(user, None))
