"""What a unit's page says of this app: with whom the unit is and was paired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alliances.queries.partnership import pairs_of, partnerships_for
from portal.accounts.models import Unit, User
from portal.registry import add_unit_section

#: Rows on the page; all of them stand in the list of pairs.
SHOWN = 10


def pairs(user: User, unit: Unit) -> Mapping[str, Any] | None:
    """The pairs of ``unit``, the latest first: who is paired is known to all, their pages open to those concerned."""
    rows = list(pairs_of(unit)[:SHOWN])
    if not rows:
        return None
    opened = set(partnerships_for(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return {
        "pairs": [(row, row.county if row.university_id == unit.pk else row.university) for row in rows],
        "opened": opened,
    }


add_unit_section("结对", order=20, template="alliances/unit_section.html", data=pairs)
