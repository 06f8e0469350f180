"""Writing a school's profile of a school year."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from pilots.models import SchoolProfile, SchoolStage
from pilots.queries.school_profile import last_profile, this_school_year
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.audit.models import record
from portal.periods import parse_period
from portal.refusals import Refused

#: A class of more is a slip of the pen: 大班额 begins far below.
MOST_IN_A_CLASS = 100
#: Whoever teaches alone still teaches no more than this.
MOST_TO_A_TEACHER = 200
#: Numbers beyond these belong to no single school.
MOST_PUPILS, MOST_CLASSES, MOST_TEACHERS = 30_000, 600, 3_000
#: From year to year a change of more percent is asked about (not refused).
ODD_CHANGE = 30
LONGEST_CONDITION = 1_000


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What a profile says; ``area`` is a value of ``SchoolProfile.Area``."""

    stage: SchoolStage
    area: str
    pupils: int
    classes: int
    teachers: int
    is_rural_central: bool = False
    condition: str = ""


@transaction.atomic
def save_profile(school: Unit, school_year: str, facts: ProfileFacts, *, by: User | None) -> SchoolProfile:
    """Write the profile of ``school`` for a school year (key of ``portal.periods``), new or changed.

    The school and the unit above it write this school year's, the office any. Raises PermissionDenied, Refused for
    another year or what is no school, ValidationError by field.
    """
    if by is not None and not by.has_perm("pilots.write_profile", school):
        raise PermissionDenied
    _check_year(school, school_year, by)
    _check_figures(facts)
    row = SchoolProfile.objects.select_for_update(of=("self",)).filter(school=school, school_year=school_year).first()
    before = _stored(row) if row else {}
    profile = row or SchoolProfile(school=school, school_year=school_year)
    profile.stage, profile.area, profile.is_rural_central = facts.stage, facts.area, facts.is_rural_central
    profile.pupils, profile.classes, profile.teachers = facts.pupils, facts.classes, facts.teachers
    profile.condition, profile.updated_by = facts.condition.strip(), by
    profile.full_clean(exclude=["updated_by"])
    profile.save()
    changed = {name: [before.get(name), value] for name, value in _stored(profile).items() if before.get(name) != value}
    if changed:
        record(profile, "pilots.schoolprofile.save", "填写学校基本情况", by=by, changed=changed)
    return profile


def odd_changes(profile: SchoolProfile) -> list[str]:
    """Sentences about figures that differ by more than 30 % from the profile before: asked, never refused."""
    before = last_profile(profile.school, profile.school_year)
    if before is None:
        return []
    found = []
    for name, label, measure in (("pupils", "学生", "人"), ("classes", "班级", "个"), ("teachers", "专任教师", "人")):
        old, new = getattr(before, name), getattr(profile, name)
        if old and abs(new - old) * 100 > ODD_CHANGE * old:
            verb = "增加" if new > old else "减少"
            found.append(f"{label}由{before.period.label}的{old}{measure}{verb}到{new}{measure}，变化较大，请核对。")
    return found


def _check_year(school: Unit, school_year: str, by: User | None) -> None:
    if school.kind != UnitKind.SCHOOL:
        raise Refused(f"“{school}”不是学校，没有学校基本情况。")
    period = parse_period(school_year)
    if period is None or len(school_year) != 9:
        raise Refused("学年不对，请从学校列表重新打开。")
    this = this_school_year()
    if school_year > this.key:
        raise Refused(f"{period.label}还没有开始，请到时再填写。")
    if by is not None and school_year != this.key and not by.has_perm("pilots.write_any_year"):
        raise Refused(f"{period.label}已经过去，数据不能再改。如确有错误，请与省协同提质办联系。")


def _check_figures(facts: ProfileFacts) -> None:
    errors: dict[str, str] = {}
    limits = (
        ("pupils", "学生人数", MOST_PUPILS),
        ("classes", "班级数", MOST_CLASSES),
        ("teachers", "专任教师人数", MOST_TEACHERS),
    )
    for name, label, most in limits:
        if getattr(facts, name) > most:
            errors[name] = f"{label}超过{most}，不像一所学校的数据，请核对。"
    if facts.classes == 0 and facts.pupils:
        errors["classes"] = "有学生就有班级，请填写班级数。"
    elif facts.pupils > facts.classes * MOST_IN_A_CLASS:
        errors.setdefault("pupils", f"平均每班超过{MOST_IN_A_CLASS}人，请核对学生人数和班级数。")
    if facts.pupils and facts.pupils > facts.teachers * MOST_TO_A_TEACHER:
        errors.setdefault("teachers", "专任教师人数与学生人数不相称，请核对。")
    if facts.is_rural_central and facts.area == SchoolProfile.Area.URBAN:
        errors["area"] = "乡村中心学校不在城区，请核对所在地。"
    if len(facts.condition) > LONGEST_CONDITION:
        errors["condition"] = f"办学条件超过{LONGEST_CONDITION}字，请缩短。"
    if errors:
        raise ValidationError(errors)


def _stored(profile: SchoolProfile) -> dict[str, object]:
    names = ("stage_id", "area", "is_rural_central", "pupils", "classes", "teachers", "condition")
    return {name: getattr(profile, name) for name in names}
