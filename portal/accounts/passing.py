"""What goes along when a post changes hands (交接); apps register theirs, the ground names none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.accounts.models import Unit, User


@dataclass(frozen=True, slots=True)
class Errand:
    """One sort of work of a post: ``count(unit, role, giver)`` says how much there is.

    ``hand(unit, role, giver, taker, by)`` passes it on and says how much it was. Without ``hand`` it belongs to the
    post itself and goes along anyway.
    """

    label: str
    measure: str
    count: Callable[[Unit, str, User], int]
    hand: Callable[[Unit, str, User, User, User | None], int] | None = None


_errands: list[Errand] = []


def register(errand: Errand) -> None:
    """Called once, from an app's ``ready``."""
    _errands.append(errand)


def errands() -> list[Errand]:
    return list(_errands)
