"""What can be exchanged as a table: columns, who may, how it is written out and taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.accounts.models import User
from portal.exchange.nouns import people, units
from portal.exchange.plan import Taker
from portal.exchange.workbook import Column


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of table. ``take`` is asked by name before a table is taken in, ``see`` before one is given out."""

    key: str
    label: str
    back: str
    take: str
    see: str
    columns: tuple[Column, ...]
    note: str
    export: Callable[[User], Iterable[Iterable[object]]]
    taker: Callable[[User], Taker]


NOUNS = {
    noun.key: noun
    for noun in (
        Noun(
            key="units",
            label="单位",
            back="units",
            take="accounts.manage_units",
            see="accounts.view_units",
            columns=units.COLUMNS,
            note=units.NOTE,
            export=units.export,
            taker=units.UnitTaker,
        ),
        Noun(
            key="people",
            label="人员与岗位",
            back="people",
            take="accounts.manage_users",
            see="accounts.manage_users",
            columns=people.COLUMNS,
            note=people.NOTE,
            export=people.export,
            taker=people.PeopleTaker,
        ),
    )
}
