"""联盟全图: the alliance "1+11+N" as a map of tiles and as a table that says the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from alliances.forms.alliance import AllianceForm, PictureForm
from alliances.models import Alliance
from alliances.queries.alliance import Line, Picture, picture_of, the_alliance
from alliances.services.alliance import save_alliance
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.requests import demand
from portal.exchange.workbook import Column, as_download, write
from portal.measures import Measure
from portal.periods import Period

_SORTS: dict[str, Callable[[Line], Any]] = {
    "county": lambda line: line.county.name if line.county else "",
    "universities": lambda line: -len(line.county.partners) if line.county else 0,
    "figure": lambda line: -line.county.figure if line.county else 1,
    "whole": lambda line: -line.prefecture.figure,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What one request asks for, and the answer."""

    form: PictureForm
    measure: Measure
    period: Period
    alliance: Alliance | None
    picture: Picture
    lines: list[Line]


@require_GET
def alliance(request: HttpRequest) -> HttpResponse:
    """The page: figure and period are kept in the address, the table's order too."""
    user = demand(request, "alliances.view_alliance")
    asked = _asked(request)
    context = {
        "asked": asked,
        "picture": asked.picture,
        "columns": len(asked.picture.rows[0]) if asked.picture.rows else 0,
        "may_change": user.has_perm("alliances.change_alliance"),
        "sort": request.GET.get("sort") if request.GET.get("sort") in _SORTS else "",
        "query": request.GET.urlencode(),
    }
    return render(request, "alliances/alliance.html", context)


@require_GET
def alliance_export(request: HttpRequest) -> HttpResponse:
    """The table as Excel."""
    demand(request, "alliances.view_alliance")
    asked = _asked(request)
    measure = asked.measure
    title = f"{asked.period.label}联盟各地{measure.label}"
    columns = [
        Column("设区市", 14),
        Column("县（市、区）", 18),
        Column("结对高校", 36),
        Column(f"{measure.label}（{measure.unit}）", 16),
        Column("全市", 10),
    ]
    return as_download(write(title, columns, map(_cells, asked.lines)), f"{title}.xlsx")


@require_http_methods(["GET", "POST"])
def alliance_edit(request: HttpRequest) -> HttpResponse:
    """What the office keeps: name, lead, whether the lead consolidates, the map."""
    user = demand(request, "alliances.change_alliance")
    present = the_alliance() or Alliance()
    initial = {name: getattr(present, name) for name in ("name", "lead", "lead_consolidates", "arrangement")}
    form = AllianceForm(request.POST if request.method == "POST" else None, initial=initial)
    saved = (
        form.call(save_alliance, by=user, **form.cleaned_data) if request.method == "POST" and form.is_valid() else None
    )
    if saved:
        messages.success(request, "已保存。")
        return redirect("alliance")
    return render(request, "alliances/alliance_form.html", {"form": form}, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> Asked:
    form = PictureForm(request.GET)
    measure, period, found = form.measure(), form.chosen_period(), the_alliance()
    picture = picture_of(found, measure, period, UnitTree())
    sort = _SORTS.get(request.GET.get("sort", ""))
    return Asked(form, measure, period, found, picture, sorted(picture.lines, key=sort) if sort else picture.lines)


def _cells(line: Line) -> list[object]:
    county = line.county
    if county is None:
        return [line.prefecture.name, "", "", "", line.prefecture.figure]
    partners = "、".join(partner.name for partner in county.partners)
    return [line.prefecture.name, county.name, partners, county.figure, line.prefecture.figure]
