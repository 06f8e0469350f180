"""乡村中心学校覆盖: which are in no community, by county (S2 二)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilots.forms.coverage import CoverageFilter
from pilots.queries.coverage import Coverage, by_prefecture, coverage_for, total_of
from portal.accounts.models import User
from portal.accounts.queries.unit import the_office
from portal.accounts.requests import demand
from portal.exchange.workbook import Column, as_download, write
from portal.periods import Period, parse_period, school_year_of, standing_day
from portal.text.official import official_date

COLUMNS = (
    Column("设区市", 16),
    Column("县（市、区）", 20),
    Column("乡村中心学校数", 14),
    Column("已参加", 10),
    Column("覆盖率（%）", 12),
    Column("未参加的学校", 70),
)


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """By county: how many rural central schools there are, how many take part, and who does not."""
    user = demand(request, "pilots.view_communities")
    form, year, rows = _narrowed(request, user)
    context = {
        "form": form,
        "year": year,
        "groups": by_prefecture(rows),
        "total": total_of(rows, the_office()),
        "today": timezone.localdate(),
    }
    return render(request, "communities/coverage.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same as an Excel table."""
    user = demand(request, "pilots.view_communities")
    _form, year, rows = _narrowed(request, user)
    table = [
        (
            row.prefecture.name if row.prefecture else "",
            row.area.name,
            row.schools,
            row.covered,
            row.percent,
            "、".join(school.name for school in row.uncovered),
        )
        for row in rows
    ]
    note = f"{year.label}，截至{official_date(timezone.localdate())}"
    return as_download(write("乡村中心学校覆盖情况", COLUMNS, table, note=note), "乡村中心学校覆盖情况.xlsx")


def _narrowed(request: HttpRequest, user: User) -> tuple[CoverageFilter, Period, list[Coverage]]:
    form = CoverageFilter(request.GET or None)
    wanted, today = form.filters(), timezone.localdate()
    asked = parse_period(wanted.get("year", "")) or school_year_of(today)
    within, period = form.figure() or (wanted.get("area"), school_year_of(asked.start))
    day = standing_day(period, today)
    year = school_year_of(day)
    return form, year, coverage_for(user, year.key, day, within=within)
