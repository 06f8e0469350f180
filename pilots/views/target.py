"""目标监测: targets with their pace, every figure open to its rows; the office sets them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilots.forms.target import TargetFilterForm, TargetForm, target_initial, usual_of
from pilots.models import Indicator, Target
from pilots.pace import PaceState, cell, plain
from pilots.queries.standing import Standing, missing, narrowed, overview, overviews, with_late
from pilots.queries.standing_seen import standings_for
from pilots.queries.target import indicators, listed_targets, targets_for
from pilots.services import target as services
from portal.accounts.models import Unit, User
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.requests import PAGE_SIZE, demand, person, whole_number
from portal.answers import attempt
from portal.audit.models import history
from portal.exchange.workbook import Column, as_download, write
from portal.measures import level_called
from portal.text.official import official_date

COLUMNS = (
    Column("指标", 36),
    Column("适用地区或单位", 20),
    Column("考察对象", 30),
    Column("时段", 26),
    Column("约束力", 10),
    Column("目标值", 12),
    Column("已达到", 12),
    Column("应达进度", 12),
    Column("状态", 12),
    Column("说明", 40),
)


@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """The targets that concern the person, each with how many of those it holds for are behind."""
    user = demand(request, "pilots.view_targets")
    form = TargetFilterForm(request.GET)
    page = Paginator(_listed(user, form), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": overviews(page),
        "states": PaceState,
        "narrowed": bool(form.narrowing()),
        "asked": request.GET.urlencode(),
        "today": timezone.localdate(),
        "may_manage": user.has_perm("pilots.manage_targets"),
        "indicators": indicators(),
    }
    return render(request, "targets/list.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list as Excel, one row for each thing that a target holds for."""
    user = demand(request, "pilots.view_targets")
    rows = overviews(_listed(user, TargetFilterForm(request.GET)))
    seen = standings_for(user, rows)
    note = f"截至{official_date(timezone.localdate())}"
    table = (_row(one, standing) for one in rows for standing in seen[one.target.pk])
    return as_download(write("目标监测", COLUMNS, table, note=note), "目标监测.xlsx")


@require_safe
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """One target: each thing it holds for with its pace, those furthest behind first, who has done nothing by name.

    A board's figure opens it as it stood on ``?day=``, ``?within=`` a unit or of one ``?community=``.
    """
    user = person(request)
    found = get_object_or_404(targets_for(user), pk=pk)
    day, within = _asked_day(request, found), _asked_unit(request, found)
    shown = overview(narrowed(found, within.pk) if within else found, day)
    seen = standings_for(user, [shown])[found.pk]
    only = _one_asked(request, seen)
    page = Paginator(only or seen, PAGE_SIZE).get_page(request.GET.get("page"))
    level = level_called(found.indicator.level)
    context = {
        "target": found,
        "overview": shown,
        "page": page,
        "is_part": len(seen) < len(shown.standings),
        "within": within,
        "is_one": bool(only),
        "lines": [(one, missing(found, one.subject.pk, day) if not one.pace.is_reached else []) for one in page],
        "level": level.label if level else "",
        "among": dict(level.kinds()).get(found.among, "") if level else "",
        "last_day": found.during.upper - timedelta(days=1),
        "milestones": found.milestones.all(),
        "day": day,
        "is_past": day < timezone.localdate(),
        "may_manage": user.has_perm("pilots.manage_targets"),
        "history": history(found)[:20],
    }
    return render(request, "targets/target.html", context)


def _listed(user: User, form: TargetFilterForm) -> QuerySet[Target]:
    """What the filters of the list leave."""
    asked = form.narrowing()
    is_late = asked.pop("late", "")
    rows = listed_targets(user, **asked)
    return with_late(rows) if is_late else rows


def _asked_day(request: HttpRequest, found: Target) -> date:
    """A day of the address since the target holds, today at the latest; today where there is none."""
    today = timezone.localdate()
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    since: date = found.during.lower
    return min(max(day, since), today)


def _asked_unit(request: HttpRequest, found: Target) -> Unit | None:
    """The unit of the address where it lies in the target's area, and is not the whole of it."""
    pk = whole_number(request.GET.get("within", ""))
    if pk is None or pk == found.area_id or found.area_id not in UnitTree().path(pk, timezone.localdate()):
        return None
    return Unit.objects.filter(pk=pk).first()


def _one_asked(request: HttpRequest, seen: Sequence[Standing]) -> Sequence[Standing]:
    """The community of the address, if it is among what is seen."""
    pk = whole_number(request.GET.get("community", ""))
    return [one for one in seen if one.subject.pk == pk]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """设定目标; ``?indicator=`` begins with what is usual for that one."""
    user = demand(request, "pilots.manage_targets")
    indicator = Indicator.objects.filter(pk=whole_number(request.GET.get("indicator", "")) or 0).first()
    form = TargetForm(
        request.POST if request.method == "POST" else None, initial=usual_of(indicator) if indicator else {}
    )
    if request.method == "POST" and form.is_valid():
        made = form.call(services.set_target, target=None, by=user, **form.cleaned_data)
        if made is not None:
            messages.success(request, "目标已设定。")
            return redirect("target", made.pk)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a target; what stood before is kept in the record."""
    user = person(request)
    found = get_object_or_404(targets_for(user), pk=pk)
    demand(request, "pilots.manage_targets")
    form = TargetForm(request.POST if request.method == "POST" else None, initial=target_initial(found))
    if request.method == "POST" and form.is_valid():
        saved = form.call(services.set_target, target=found, by=user, **form.cleaned_data)
        if saved is not None:
            messages.success(request, "目标已修改。")
            return redirect("target", pk)
        found = get_object_or_404(targets_for(user), pk=pk)
    return _form_page(request, form, found)


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was set by mistake."""
    user = person(request)
    found = get_object_or_404(targets_for(user), pk=pk)
    demand(request, "pilots.manage_targets")
    attempt(request, services.delete_target, found, by=user, said="目标已取消。")
    return redirect("targets")


def _row(one: Any, standing: Any) -> tuple[object, ...]:
    found, pace = one.target, standing.pace
    return (
        found.indicator.name,
        found.area.name,
        standing.subject.name,
        one.period.label,
        found.get_force_display(),
        f"{plain(found.value)}{found.indicator.unit}",
        cell(pace.reached),
        cell(pace.expected),
        pace.label,
        pace.words,
    )


def _form_page(request: HttpRequest, form: TargetForm, found: Target | None) -> HttpResponse:
    context = {"form": form, "target": found}
    return render(request, "targets/form.html", context, status=422 if request.method == "POST" else 200)
