"""What would be in a pack, counted before anybody clicks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.accounts.queries.unit_tree import one_tree
from portal.material import Part, Scope, parts

#: 00 is 目录, 01 报告框架.
FIRST_FOLDER = 2


def numbered(parts: Iterable[Part]) -> dict[str, str]:
    """The folders of these parts with the number in front that keeps them in order: 02 台账."""
    folders = dict.fromkeys(part.folder for part in parts)
    return {folder: f"{number:02} {folder}" for number, folder in enumerate(folders, FIRST_FOLDER)}


@dataclass(frozen=True, slots=True)
class Counted:
    """A part, where it stands, and how much of it there is."""

    part: Part
    folder: str
    count: int

    @property
    def words(self) -> str:
        return f"{self.count}{self.part.word}" if self.count else "无"


@one_tree()
def inventory(scope: Scope) -> list[Counted]:
    """Every part in its order, empty ones too: what is wanting is seen before it is sent on."""
    folders = numbered(parts())
    return [Counted(part, folders[part.folder], part.count(scope)) for part in parts()]
