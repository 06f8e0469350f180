"""Who may order what a school or county needs, take it, settle it; asked by name everywhere."""

from __future__ import annotations

from typing import Any

import rules

from alliances.rules.posts import is_office_worker
from portal.accounts.models import User
from portal.accounts.roles import UNIT_ROLES, UnitKind

#: Kinds of unit that order; 合作单位 are paired like counties (S4).
ORDERING_KINDS = (UnitKind.SCHOOL, UnitKind.COUNTY, UnitKind.PARTNER)


def ordering_units(user: User) -> list[Any]:
    """The units for which ``user`` may order."""
    return [unit for unit in user.units_as(*UNIT_ROLES) if unit.kind in ORDERING_KINDS]


def universities_of(user: User) -> list[Any]:
    """The universities for which ``user`` may take an order."""
    return [unit for unit in user.units_as(*UNIT_ROLES) if unit.kind == UnitKind.UNIVERSITY]


@rules.predicate
def orders(user: User, _obj: Any = None) -> bool:
    return bool(ordering_units(user)) and user.holds(*UNIT_ROLES)


@rules.predicate
def is_of_asking_unit(user: User, need: Any) -> bool:
    return need is not None and user.holds(*UNIT_ROLES, unit=need.unit_id)


@rules.predicate
def is_of_taker(user: User, need: Any) -> bool:
    return need is not None and need.taker_id is not None and user.holds(*UNIT_ROLES, unit=need.taker_id)


@rules.predicate
def is_of_paired_university(user: User, need: Any) -> bool:
    """Works at the university that the need was addressed to."""
    if need is None or need.partnership_id is None:
        return False
    return user.holds(*UNIT_ROLES, unit=need.partnership.university_id)


@rules.predicate
def is_of_alliance(user: User, need: Any) -> bool:
    """Works at any university, where the need is open to all."""
    if need is None or not need.is_open:
        return False
    return any(user.holds(*UNIT_ROLES, unit=unit) for unit in universities_of(user))


@rules.predicate
def is_taken(_user: User, need: Any) -> bool:
    return need is not None and need.taker_id is not None


@rules.predicate
def is_closed_to_others(_user: User, need: Any) -> bool:
    return need is not None and not need.is_open


rules.add_perm("alliances.add_need", orders)
rules.add_perm("alliances.manage_need_kinds", is_office_worker)
rules.add_perm("alliances.change_need", is_of_asking_unit)
rules.add_perm("alliances.claim_need", is_of_paired_university | is_of_alliance)
rules.add_perm("alliances.settle_need", is_of_asking_unit | is_of_taker)
rules.add_perm("alliances.open_need", is_office_worker & is_closed_to_others)
rules.add_perm("alliances.give_back_need", is_of_taker)
rules.add_perm("alliances.refuse_need", is_office_worker | is_of_taker | (is_of_paired_university & ~is_taken))
rules.add_perm("alliances.withdraw_need", is_of_asking_unit)
