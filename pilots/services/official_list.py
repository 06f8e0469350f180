"""Official lists of candidates and pilots (名单): title, numbered rows, office and day, as Word and as Excel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from pilots.models import Candidate, SelectionRound
from pilots.states.selection import RoundState
from portal.accounts.queries.unit import the_office
from portal.exchange.workbook import Column, write
from portal.printing.circular import CircularContent
from portal.text.official import official_date

#: Widths in Excel of columns that hold more than a number or a state.
_WIDE = {"学校": 30, "县（市、区）": 22, "推荐单位": 22, "试点时间": 30, "依据": 30, "理由": 40}


def pilots_list(rows: Iterable[Any], level: str, *, title: str, day: date) -> CircularContent:
    """The pilots of a level (rows of ``listed_pilots``) with where they lie, and for how long."""
    schools = level == SelectionRound.Level.SCHOOL
    head = ("学校", "上级单位", "设区市", "学段", "试点时间") if schools else ("县（市、区）", "设区市", "试点时间")
    lines = tuple(_school(row) if schools else _county(row) for row in rows)
    return _content(title, head, lines, day)


def candidates_list(round: SelectionRound, rows: Iterable[Candidate], *, day: date) -> CircularContent:
    """The candidates of a round (rows of ``side_by_side``) with their points and what became of them."""
    head = ("学校" if round.is_for_schools else "县（市、区）", "推荐单位", "总分", "状态")
    lines = tuple(
        (row.unit.name, row.recommended_by.name, _figure(getattr(row, "total", None)), row.get_state_display())
        for row in rows
    )
    kind = "结果" if round.state == RoundState.PUBLISHED else "候选单位名单"
    return _content(f"{round.name}{kind}", head, lines, day)


def as_table(content: CircularContent) -> bytes:
    """The same list in Excel: numbered, figures as figures, office and day under the title."""
    columns = [Column("序号", 8), *(Column(name, _WIDE.get(name, 16)) for name in content.head)]
    rows = (
        [number, *(int(text) if text.isdecimal() else text for text in row)]
        for number, row in enumerate(content.rows, 1)
    )
    return write(content.title, columns, rows, note=f"{content.office}  {official_date(content.day)}")


def term_text(pilot: Any) -> str:
    """``2023年11月1日起`` or ``2023年11月1日至2026年8月31日``."""
    since = official_date(pilot.during.lower)
    if pilot.during.upper is None:
        return f"{since}起"
    return f"{since}至{official_date(pilot.during.upper - timedelta(days=1))}"


def _content(title: str, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], day: date) -> CircularContent:
    office = the_office().name
    told = (f"共{len(rows)}个。",) if rows else ("没有符合条件的单位。",)
    return CircularContent(title=title, addressee="", paragraphs=told, head=head, rows=rows, office=office, day=day)


def _county(row: Any) -> tuple[str, ...]:
    return (row.unit.name, _name(row.unit.parent), term_text(row))


def _school(row: Any) -> tuple[str, ...]:
    above = row.unit.parent
    prefecture = above.parent if above and above.kind == "county" else above
    return (row.unit.name, _name(above), _name(prefecture), getattr(row, "stage", None) or "—", term_text(row))


def _name(unit: Any) -> str:
    return unit.name if unit is not None else "—"


def _figure(value: int | None) -> str:
    return "—" if value is None else str(value)
