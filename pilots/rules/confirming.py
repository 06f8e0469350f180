"""Who confirms for a unit: the level above it or the office, and never who has asked for it himself."""

from __future__ import annotations

from portal.accounts.models import Unit, User
from portal.accounts.roles import OFFICE_PLANNERS, SPEAKING_ROLES, UnitKind

#: Levels that confirm what stands under them; for all others the office does.
CONFIRMING_KINDS = frozenset({UnitKind.COUNTY, UnitKind.PREFECTURE, UnitKind.UNIVERSITY})


def level_above(unit: Unit) -> Unit | None:
    """The unit that confirms for ``unit``: a school's county, prefecture or university, a county's prefecture."""
    return unit.parent if unit.parent is not None and unit.parent.kind in CONFIRMING_KINDS else None


def confirms_for(user: User, unit: Unit, asked_by: int | None) -> bool:
    """Whether ``user`` confirms for ``unit`` what the person ``asked_by`` has put forward."""
    if asked_by is not None and user.pk == asked_by:
        return False
    above = level_above(unit)
    hands = (asked_by,)
    at_level = above is not None and user.holds(*SPEAKING_ROLES, unit=above, not_of=hands)
    return at_level or user.holds(*OFFICE_PLANNERS, not_of=hands)
