"""A board on paper: A4 on its side, the same figures and charts as the page. Pure: a board in, a PDF out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from portal.home.boards.facts import Board, Figure, LateGroup, Map, Quota, Table
from portal.printing.charts import Series, bar_chart
from portal.printing.fonts import FontSet
from portal.printing.sheets import Sheets, print_sheets, setter
from portal.text.official import official_date

_STYLES = Path(__file__).with_name("printed.css")
_SIZE = (360, 170)
#: So many targets and late things stand on paper; all of them stand on the page.
QUOTAS = 6

Set = Callable[[str], str]


def print_board(board: Board, shown_map: Map | None, computed_at: datetime, fonts: FontSet) -> Sheets:
    """Print it; ``computed_at`` in the portal's time zone stands at the foot."""
    text = setter(fonts)

    def plain(words: str) -> str:
        return text(words, fonts.head)

    title = f"{board.name}统计一览"
    day = f"{board.period_label}，截至{official_date(board.day)}"
    body = (
        f"<header><h1>{text(title, fonts.title)}</h1><p>{plain(day)}</p></header>"
        f"{_headline(board, plain)}"
        f"<div class='columns'><div class='wide'>{_batches(board, plain)}</div>"
        f"<div>{_quotas(board.quotas, plain)}</div></div>"
        f"<div class='columns'>{''.join(_chart(table, plain) for table in board.tables)}</div>"
        f"<div class='columns'><div class='wide'>{_map(shown_map, plain)}</div>"
        f"<div>{_late(board.late, plain)}</div></div>"
        f"{_meanings(board, plain)}"
        f"<footer>{plain(f'{official_date(computed_at)} {computed_at:%H:%M}由系统计算。')}</footer>"
    )
    return print_sheets(body, styles=_STYLES, title=title, author=board.name, day=board.day, fonts=fonts)


def _headline(board: Board, text: Set) -> str:
    cells = "".join(
        f"<td><span>{text(figure.label)}</span><b>{text(figure.text)}</b>"
        f"<i>{text(figure.unit if figure.number is not None else '')}</i></td>"
        for figure in (*board.headline, Figure("逾期和滞后", board.late_count, "件"))
    )
    return f"<table class='headline'><tr>{cells}</tr></table>"


def _batches(board: Board, text: Set) -> str:
    if not board.batches:
        return ""
    head = ["五个一批", *(figure.label for figure in board.batches[0].figures), "实施中的任务"]
    rows = []
    for line in board.batches:
        running = "、".join(f"{one.label[:-2]}{one.text}" for one in line.standings if one.number)
        rows.append([line.short_name, *(figure.text for figure in line.figures), running or "—"])
    return _table("五个一批", head, rows, text)


def _quotas(quotas: Iterable[Quota], text: Set) -> str:
    told = list(quotas)
    lines = "".join(
        f"<li><b>{text(one.label)}</b> <em>{text(one.state_label)}</em><br>"
        + "<br>".join(text(words) for words in _of_quota(one))
        + "</li>"
        for one in told[:QUOTAS]
    )
    more = f"<p>{text(f'另有{len(told) - QUOTAS}项，见网页。')}</p>" if len(told) > QUOTAS else ""
    return f"<h2>{text('目标进度')}</h2>" + (f"<ul>{lines}</ul>{more}" if told else f"<p>{text('没有设定目标。')}</p>")


def _of_quota(one: Quota) -> list[str]:
    """How it stands, and who has done nothing yet, as the page says it."""
    late = f"，滞后{one.late}个" if one.late else ""
    told = [f"{one.aim}（{one.force}），{one.words}{late}"]
    return told if not one.missing else [*told, f"{one.missing_word}：{'、'.join(one.missing)}"]


def _chart(table: Table, text: Set) -> str:
    """The drawing and, under it, the table that says the same."""
    names = [row.name for row in table.rows]
    drawn = [place for place, name in enumerate(table.head[1:]) if name != "合计"]
    series = [Series(table.head[1 + place], [row.figures[place].number for row in table.rows]) for place in drawn]
    title = f"{table.title}（{table.unit}）"
    picture = "" if table.is_empty else bar_chart(names, series, title=title, stacked=table.stacked, size=_SIZE)
    rows = [[row.name, *(figure.text for figure in row.figures)] for row in table.rows]
    return f"<div class='chart'><h2>{text(title)}</h2>{picture}{_table('', table.head, rows, text)}</div>"


def _map(shown_map: Map | None, text: Set) -> str:
    if shown_map is None:
        return ""
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td class='tile shade-{tile.shade}'>{text(tile.name)} <b>{text(tile.figure.text)}</b></td>"
            if tile
            else "<td></td>"
            for tile in row
        )
        + "</tr>"
        for row in shown_map.rows
    )
    title = f"各地{shown_map.label}（{shown_map.unit}）"
    return f"<h2>{text(title)}</h2><table class='map'>{rows}</table><p>{text(shown_map.meaning)}</p>"


def _late(groups: Iterable[LateGroup], text: Set) -> str:
    lines = "".join(
        f"<li>{text(one.figure.label)} <b>{text(one.figure.text + one.figure.unit)}</b>"
        + "".join(f"<br>{text(f'{line.text}（{line.note}）' if line.note else line.text)}" for line in one.lines)
        + "</li>"
        for one in groups
    )
    return f"<h2>{text('逾期和滞后')}</h2><ul>{lines}</ul>"


def _meanings(board: Board, text: Set) -> str:
    """No figure without its definition, on paper either."""
    told = "".join(f"<li><b>{text(label)}</b>：{text(meaning)}</li>" for label, meaning in board.meanings.items())
    return f"<div class='meanings'><h2>{text('数字的含义')}</h2><ul>{told}</ul></div>"


def _table(title: str, head: Iterable[str], rows: Iterable[Iterable[str]], text: Set) -> str:
    top = "".join(f"<th>{text(name)}</th>" for name in head)
    body = "".join("<tr>" + "".join(f"<td>{text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    heading = f"<h2>{text(title)}</h2>" if title else ""
    return f"{heading}<table class='figures'><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
