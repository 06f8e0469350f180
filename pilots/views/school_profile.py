"""学校基本情况: the list of a school year, and one school's figures with last year's beside them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from alliances.measures import rows_of_schools
from pilots.forms.pilot import ProfileForm, SchoolFilter
from pilots.models import SchoolProfile
from pilots.queries.pilot import history_of
from pilots.queries.school_profile import (
    last_profile,
    listed_schools,
    profile_of,
    profiles_for,
    schools_for,
    this_school_year,
)
from pilots.services.official_list import term_text
from pilots.services.school_profile import odd_changes, save_profile
from portal.accounts.models import Unit, User
from portal.accounts.requests import PAGE_SIZE, demand, person
from portal.exchange.workbook import Column, as_download, write
from portal.periods import Period, parse_period

COLUMNS = (
    Column("学校", 30),
    Column("上级单位", 20),
    Column("学段", 16),
    Column("所在地", 10),
    Column("乡村中心学校", 14),
    Column("学生人数", 12),
    Column("班级数", 10),
    Column("专任教师人数", 14),
    Column("办学条件", 50),
)
FIELDS = ("stage", "area", "is_rural_central", "pupils", "classes", "teachers", "condition")
AREAS = dict(SchoolProfile.Area.choices)


@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    """The schools of one's area with their figures of a school year."""
    form, year, rows = _wanted(request)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "year": year,
        "page": page,
        "lines": [(row, AREAS.get(row.place, "—")) for row in page],
        "narrowed": bool(form.narrowing()),
        "may_take_in": person(request).has_perm("pilots.write_profiles"),
    }
    return render(request, "selection/schools.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same in Excel."""
    _form, year, rows = _wanted(request)
    lines = (
        (
            row.name,
            row.parent.name if row.parent else "",
            row.stage or "",
            AREAS.get(row.place, ""),
            "是" if row.is_central else "",
            row.pupils,
            row.classes,
            row.teachers,
            row.condition or "",
        )
        for row in rows
    )
    title = f"{year.label}学校基本情况"
    return as_download(write(title, COLUMNS, lines), f"{title}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """One school: every year's figures, and the form for those who write it."""
    user = person(request)
    school = get_object_or_404(schools_for(user).select_related("parent__parent"), pk=pk)
    year = parse_period(request.GET.get("year", "")) or this_school_year()
    may_write = _writes(user, school, year)
    if request.method == "POST":
        return _save(request, user, school, year)
    now, before = profile_of(school, year.key), last_profile(school, year.key)
    form = ProfileForm(initial=_initial(now, before)) if may_write else None
    return _page(request, school, year, form)


def _writes(user: User, school: Unit, year: Period) -> bool:
    this_year = year.key == this_school_year().key
    return user.has_perm("pilots.write_profile", school) and (this_year or user.has_perm("pilots.write_any_year"))


def _initial(now: SchoolProfile | None, before: SchoolProfile | None) -> dict[str, Any]:
    """This year's figures; for a new year what does not change every year is taken over."""
    if now is not None:
        return {name: getattr(now, name) for name in FIELDS}
    kept = ("stage", "area", "is_rural_central", "condition")
    return {name: getattr(before, name) for name in kept} if before is not None else {}


def _save(request: HttpRequest, user: User, school: Unit, year: Period) -> HttpResponse:
    if not user.has_perm("pilots.write_profile", school):
        raise PermissionDenied
    form = ProfileForm(request.POST)
    if form.is_valid():
        saved = form.call(save_profile, school=school, school_year=year.key, facts=form.facts(), by=user)
        if saved is not None:
            messages.success(request, f"{year.label}的基本情况已保存。")
            for sentence in odd_changes(saved):
                messages.warning(request, sentence)
            return redirect(f"{request.path}?year={year.key}")
    return _page(request, school, year, form, status=422)


def _page(
    request: HttpRequest, school: Unit, year: Period, form: ProfileForm | None, *, status: int = 200
) -> HttpResponse:
    before = last_profile(school, year.key)
    context = {
        "school": school,
        "year": year,
        "form": form,
        "now": profile_of(school, year.key),
        "before": before,
        "fields": [(form[name], _shown(before, name)) for name in FIELDS] if form else [],
        "years": profiles_for(person(request)).filter(school=school).order_by("-school_year"),
        "past": [(row, term_text(row)) for row in history_of(school)],
    }
    return render(request, "selection/school.html", context, status=status)


def _shown(before: SchoolProfile | None, name: str) -> str:
    """A figure of the year before, in words."""
    if before is None or name == "condition":
        return ""
    value = getattr(before, name)
    if name == "area":
        return AREAS.get(value, "")
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _wanted(request: HttpRequest) -> tuple[SchoolFilter, Period, Any]:
    user = demand(request, "pilots.view_profiles")
    form = SchoolFilter(request.GET)
    year, narrowing = form.chosen_year(), form.filters()
    narrowing.pop("year", None)
    rows = listed_schools(user, year.key, **narrowing)
    figure = form.figure()
    return form, year, rows.filter(pk__in=rows_of_schools(*figure)) if figure else rows
