"""The figures of a school in the school year of the period."""

from __future__ import annotations

from django.urls import reverse

from pilots.models import SchoolProfile
from pilots.prefill import Figure, Line, Section, register
from portal.accounts.models import Unit
from portal.accounts.roles import UnitKind
from portal.periods import Period, school_year_of


def rows(unit: Unit, period: Period) -> list[Line]:
    profile = _profile(unit, period)
    if profile is None:
        return []
    place = "，乡村中心学校" if profile.is_rural_central else ""
    text = (
        f"{profile.stage}，{profile.get_area_display()}{place}："
        f"学生{profile.pupils}人，班级{profile.classes}个，专任教师{profile.teachers}人"
    )
    return [Line(f"profile:{profile.pk}", text, url=reverse("school-profile", args=[unit.pk]))]


def figures(unit: Unit, period: Period) -> list[Figure]:
    profile = _profile(unit, period)
    if profile is None:
        return []
    return [
        Figure("pupils", "学生", profile.pupils, "人"),
        Figure("classes", "班级", profile.classes, "个"),
        Figure("teachers", "专任教师", profile.teachers, "人"),
    ]


def missing(unit: Unit, period: Period) -> list[str]:
    if unit.kind != UnitKind.SCHOOL or _profile(unit, period) is not None:
        return []
    return [f"{school_year_of(period.end).label}的学校基本情况还没有填写。"]


def _profile(unit: Unit, period: Period) -> SchoolProfile | None:
    rows = SchoolProfile.objects.filter(school=unit, school_year=school_year_of(period.end).key)
    return rows.select_related("stage").first()


register(Section("profile", "学校基本情况", 50, rows, figures, missing=missing))
