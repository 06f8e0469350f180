"""A board as Excel: every figure with its definition, or one table as the chart draws it."""

from __future__ import annotations

from collections.abc import Iterator

from portal.exchange.workbook import Column, write
from portal.home.boards.facts import Board, Table
from portal.text.official import official_date

_COLUMNS = (Column("部分", 30), Column("数字", 24), Column("数值", 12), Column("单位", 8), Column("含义", 60))
_QUOTA = "目标进度"


def board_sheet(board: Board) -> bytes:
    """All figures, a row each; a target's row says how it stands."""
    title = f"{board.name}{board.period_label}统计一览"
    return write(title, _COLUMNS, _rows(board), note=note_of(board))


def table_sheet(board: Board, table: Table) -> bytes:
    """What stands beside a chart."""
    columns = [Column(name, 14) for name in table.head]
    rows = ([row.name, *(figure.number for figure in row.figures)] for row in table.rows)
    title = f"{board.name}{board.period_label}{table.title}（{table.unit}）"
    return write(title, columns, rows, note=f"{note_of(board)}{table.meaning}")


def note_of(board: Board) -> str:
    return f"截至{official_date(board.day)}。"


def _rows(board: Board) -> Iterator[list[object]]:
    for section, figure in board.all_figures():
        yield [section, figure.label, figure.number, figure.unit, figure.meaning]
    for quota in board.quotas:
        words = f"{quota.aim}（{quota.force}），{quota.period}：{quota.words}。"
        yield [_QUOTA, quota.label, quota.state_label, "", words]
