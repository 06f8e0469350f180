"""What would be in a pack, counted before anybody clicks."""

from __future__ import annotations

from dataclasses import dataclass

from portal.accounts.queries.unit_tree import one_tree
from portal.material import Part, Scope, parts


@dataclass(frozen=True, slots=True)
class Counted:
    """A part and how much of it there is."""

    part: Part
    count: int

    @property
    def words(self) -> str:
        return f"{self.count}{self.part.word}" if self.count else "无"


@one_tree()
def inventory(scope: Scope) -> list[Counted]:
    """Every part in its order, empty ones too: what is wanting is seen before it is sent on."""
    return [Counted(part, part.count(scope)) for part in parts()]
