"""年终材料: what apps have to show of a unit for a year. Each registers its parts; the pack is made at the roof.

A part counts what it holds before anybody waits for it, then yields files: some lie in the store and are copied in
chunks, others (tables, sheets) are made one by one when their turn comes. Every part starts from the app's own
``…_for(user)``: a pack holds what its asker may see and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from portal.accounts.models import Unit, User
from portal.accounts.queries.unit_tree import units_under
from portal.exchange.official import Sheet, official_book
from portal.files.queries import attachments_of_owners
from portal.periods import Period


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose material, of which year, for whose eyes, and the day on which it stands (the last, or today)."""

    user: User
    unit: Unit
    period: Period
    day: date

    @property
    def days(self) -> DateRange:
        """The period as the database compares it."""
        return DateRange(self.period.start, self.period.end, "[]")

    @property
    def units(self) -> set[int]:
        """The unit and all that stood under it on the day; one query."""
        return units_under(self.unit.pk, self.day)


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is made when it is packed."""

    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it lies in the store; ``name`` may begin with folders, parted by ``/``."""

    name: str
    path: str
    size: int


Item = Made | Kept


def nothing_missing(scope: Scope) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part: ``count`` how many (``word``: 项, 份) it is about, ``items`` its files, in ``folder`` of the pack.

    ``missing`` names in sentences what should be there and who lacks it.
    """

    key: str
    label: str
    order: int
    folder: str
    count: Callable[[Scope], int]
    items: Callable[[Scope], Iterable[Item]]
    word: str = "份"
    missing: Callable[[Scope], Sequence[str]] = nothing_missing


#: The folder in which all ledgers stand.
LEDGERS = "台账"
#: So many of those who lack something are told by name.
MOST_NAMED = 60

_parts: dict[str, Part] = {}


def add_part(part: Part) -> None:
    """Register a part; called from an app's ``ready``."""
    _parts[part.key] = part


def add_ledger(
    key: str,
    label: str,
    order: int,
    *,
    count: Callable[[Scope], int],
    sheets: Callable[[Scope], Sequence[Sheet]],
    word: str = "项",
    missing: Callable[[Scope], Sequence[str]] = nothing_missing,
) -> None:
    """Register a ledger (台账): one Excel file in official layout, made also where nothing stands in it."""

    def items(scope: Scope) -> Iterator[Item]:
        yield Made(f"{label}.xlsx", lambda: _book(scope, sheets(scope)))

    add_part(Part(key, label, order, LEDGERS, count, items, word, missing))


def _book(scope: Scope, sheets: Sequence[Sheet]) -> bytes:
    return official_book(sheets, unit=scope.unit.name, period=scope.period.label, day=scope.day)


def parts() -> list[Part]:
    """All of them, in their order."""
    return sorted(_parts.values(), key=lambda part: (part.order, part.key))


def kept_files(owners: QuerySet[Any], called: Callable[[Any], str]) -> Iterator[Kept]:
    """The attachments of ``owners``, each in the folder of its owner, numbered as the ledger of these owners is.

    Three queries, whatever the number.
    """
    files: dict[int, list[Any]] = {}
    for file in attachments_of_owners(owners):
        files.setdefault(file.object_id, []).append(file)
    numbers = {pk: number for number, pk in enumerate(owners.values_list("pk", flat=True), 1)}
    for owner in owners.filter(pk__in=list(files)):
        for file in files[owner.pk]:
            yield Kept(f"{numbers[owner.pk]:03} {safe(called(owner))}/{file.name}", file.path, file.size)


def safe(name: str) -> str:
    """A name that is one folder, whatever stands in it."""
    return name.replace("/", "／")


def count_files(owners: QuerySet[Any]) -> int:
    """How many attachments ``owners`` have."""
    return attachments_of_owners(owners).count()
