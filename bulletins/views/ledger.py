"""统计台账: figures of reports by unit, area, kind or month. Every figure opens the reports behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from bulletins.forms.ledger import LedgerForm
from bulletins.ledger import FIGURES, Tally, tally
from bulletins.queries.issue import the_periodical
from bulletins.queries.ledger import Narrowing, ledger_facts, own_units, point_schemes, rules_on, sees_all
from bulletins.queries.ledger_lines import GROUPS, Line, expected_units, ledger_lines, with_ranks
from portal.accounts.models import User
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.requests import PAGE_SIZE, demand
from portal.exchange.workbook import Column, as_download, write

NOTE = (
    "按最后一次报送的时间归入时段，单位归属以报送当天为准。学校稿件经汇总转报的，学校和汇总单位各计一次；"
    "一条由多家稿件合并编发的，各家各计一次。"
)


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one request."""

    form: LedgerForm
    narrowing: Narrowing
    tree: UnitTree
    by: str
    lines: list[Line]
    total: Tally
    with_points: bool
    with_ranks: bool


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """The table; filters stay in the address."""
    user = demand(request, "bulletins.view_ledger")
    table = table_of(request, user)
    page = Paginator(table.lines, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "table": table,
        "form": table.form,
        "page": page,
        "period": table.narrowing.period,
        "head": GROUPS[table.by].removeprefix("按"),
        "figures": list(FIGURES.values()),
        "rows": [(line, figure_cells(table.narrowing, line.tally, line.narrows)) for line in page],
        "total_cells": figure_cells(table.narrowing, table.total, {}),
        "where": where(table.narrowing, table.tree),
        "note": NOTE,
        "may_keep_rules": user.has_perm("bulletins.keep_point_rules"),
        "may_write_circular": user.has_perm("bulletins.write_circular"),
        "asked": request.GET.urlencode(),
    }
    return render(request, "ledger/ledger.html", context)


@require_GET
def ledger_export(request: HttpRequest) -> HttpResponse:
    """The same table, all of it, as Excel."""
    table = table_of(request, demand(request, "bulletins.view_ledger"))
    title = f"{table.narrowing.period.label}信息报送和采用台账"
    data = write(title, columns_of(table), cells_of(table), note=NOTE)
    return as_download(data, f"{title}.xlsx")


def columns_of(table: Table) -> list[Column]:
    """The columns of the table in Excel."""
    columns = [Column(GROUPS[table.by].removeprefix("按"), 30)]
    columns += [Column(figure.label, 10) for figure in FIGURES.values()]
    columns.append(Column("采用率", 10))
    columns += [Column("积分", 10)] if table.with_points else []
    return columns + ([Column("名次", 8)] if table.with_ranks else [])


def cells_of(table: Table) -> list[list[object]]:
    """The lines of the table and their sum, as cells of Excel."""
    named = [(f"{line.name}（{line.note}）" if line.note else line.name, line.tally, line.rank) for line in table.lines]
    rows = []
    for name, total, rank in [*named, ("合计", table.total, None)]:
        row: list[object] = [name, *total.counts.values(), total.rate]
        row += [float(total.points)] if table.with_points else []
        rows.append(row + ([rank] if table.with_ranks else []))
    return rows


def table_of(request: HttpRequest, user: User) -> Table:
    """The table that the address asks for; who sees little is shown it by month."""
    tree = UnitTree()
    usual = "unit" if sees_all(user) else "month"
    form = LedgerForm(request.GET, tree=tree, by=usual)
    narrowing = form.narrowing()
    by = form.value("by") or usual
    facts = ledger_facts(user, narrowing, tree)
    silent = expected_units(narrowing, tree, own_units(user)) if form.value("silent") else None
    lines = ledger_lines(facts, by=by, narrowing=narrowing, tree=tree, sort=form.value("sort") or "", silent=silent)
    with_points = bool(rules_on(point_schemes(), narrowing.period.end))
    ranked = the_periodical().ranks_units and sees_all(user) and by in ("unit", "area")
    if ranked:
        with_ranks(lines, with_points=with_points)
    return Table(form, narrowing, tree, by, lines, tally(facts), with_points, ranked)


def figure_cells(narrowing: Narrowing, total: Tally, narrows: dict[str, Any]) -> list[tuple[int, str]]:
    """Each figure with the address of the reports behind it."""
    asked = {"period": narrowing.period.key, "kind": narrowing.kind, "area": narrowing.area, "unit": narrowing.unit}
    kept = {name: value for name, value in (asked | narrows).items() if value not in ("", None)}
    return [
        (number, f"{reverse('ledger-reports')}?{urlencode(kept | {'figure': key})}" if number else "")
        for key, number in total.counts.items()
    ]


def where(narrowing: Narrowing, tree: UnitTree) -> str:
    """The unit that the list is narrowed to, as it was called at the end of the period; empty for none."""
    unit = narrowing.unit
    return tree.name(unit, narrowing.period.end) if unit is not None and unit in tree.units else ""
