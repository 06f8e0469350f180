"""Who confirms for a unit: the level above it or the office, and never who has asked for it."""

from __future__ import annotations

from pilots.models import Output, Task
from portal.accounts.models import Unit, User
from portal.accounts.roles import OFFICE_PLANNERS, SPEAKING_ROLES, UnitKind
from portal.accounts.rules import judges
from portal.audit.models import acted_for

#: Levels that confirm what stands under them; for all others the office does.
CONFIRMING_KINDS = frozenset({UnitKind.COUNTY, UnitKind.PREFECTURE, UnitKind.UNIVERSITY})


def level_above(unit: Unit) -> Unit | None:
    """The unit that confirms for ``unit``: a school's county, prefecture or university, a county's prefecture."""
    return unit.parent if unit.parent is not None and unit.parent.kind in CONFIRMING_KINDS else None


def confirms_for(user: User, unit: Unit, of: Task | Output | None = None, asked_by: int | None = None) -> bool:
    """Whether ``user`` confirms for ``unit``, where ``of`` is what the person ``asked_by`` has put forward.

    For whom he did so (代办) the record of the thing says; it is looked up only for who would else confirm it.
    """
    if not _judges(user, unit, {asked_by}):
        return False
    return of is None or asked_by is None or _judges(user, unit, {asked_by, *acted_for(of, asked_by)})


def _judges(user: User, unit: Unit, hands: set[int | None]) -> bool:
    above = level_above(unit)
    at_level = above is not None and judges(user, *SPEAKING_ROLES, unit=above, hands=hands)
    return at_level or judges(user, *OFFICE_PLANNERS, unit=None, hands=hands)
