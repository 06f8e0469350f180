"""Writing a school's profile of a school year."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from pilots.models import SchoolProfile, SchoolStage
from pilots.queries.school_profile import last_profile, this_school_year
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind
from portal.audit.models import entry_of, record_all
from portal.periods import parse_period
from portal.refusals import Refused
from portal.saving import AT_ONCE

#: A class of more is a slip of the pen: 大班额 begins far below.
MOST_IN_A_CLASS = 100
#: Whoever teaches alone still teaches no more than this.
MOST_TO_A_TEACHER = 200
#: Numbers beyond these belong to no single school.
MOST_PUPILS, MOST_CLASSES, MOST_TEACHERS = 30_000, 600, 3_000
#: From year to year a change of more percent is asked about (not refused).
ODD_CHANGE = 30
LONGEST_CONDITION = 1_000

_STORED = ("stage", "area", "is_rural_central", "pupils", "classes", "teachers", "condition")


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
    writer = ProfileWriter(by=by)
    writer.put(school, school_year, facts)
    (profile,) = writer.write()
    return profile


class ProfileWriter:
    """Profiles of many schools: each is checked as it comes, all are written together, in one transaction."""

    def __init__(self, *, by: User | None) -> None:
        self._by = by
        self._waiting: dict[tuple[int, str], SchoolProfile] = {}

    def put(self, school: Unit, school_year: str, facts: ProfileFacts) -> None:
        """What the profile shall be. Raises as :func:`save_profile` does; then nothing waits to be written."""
        if self._by is not None and not self._by.has_perm("pilots.write_profile", school):
            raise PermissionDenied
        _check_year(school, school_year, self._by)
        _check_figures(facts)
        profile = SchoolProfile(school=school, school_year=school_year, stage=facts.stage, updated_by=self._by)
        profile.area, profile.is_rural_central = facts.area, facts.is_rural_central
        profile.pupils, profile.classes, profile.teachers = facts.pupils, facts.classes, facts.teachers
        profile.condition = facts.condition.strip()
        profile.clean_fields(exclude={"school", "stage", "updated_by"})
        self._waiting[school.pk, school_year] = profile

    def write(self) -> list[SchoolProfile]:
        """Store what waits, in its order; a handful of statements. What is as it was stays untouched."""
        waiting, self._waiting = self._waiting, {}
        there = _locked_profiles(waiting)
        entries, changed = [], []
        for key, profile in waiting.items():
            before = _stored(there[key]) if key in there else {}
            changes = {name: [before.get(name), value] for name, value in _stored(profile).items()}
            changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
            if key in there:
                profile.pk, profile.updated_at = there[key].pk, timezone.now()
            if changes:
                changed.append((profile, changes))
        SchoolProfile.objects.bulk_create([profile for profile, _ in changed if profile.pk is None], AT_ONCE)
        mended = [profile for profile, _ in changed if (profile.school_id, profile.school_year) in there]
        SchoolProfile.objects.bulk_update(mended, [*_STORED, "updated_by", "updated_at"], AT_ONCE)
        for profile, changes in changed:
            data = {"changed": changes}
            entries.append(entry_of(profile, "pilots.schoolprofile.save", "填写学校基本情况", by=self._by, data=data))
        record_all(entries)
        return list(waiting.values())


def _locked_profiles(wanted: Collection[tuple[int, str]]) -> dict[tuple[int, str], SchoolProfile]:
    """Those of ``wanted`` (school, school year) that are there. Their schools are locked: two people who write the
    first profile of one school at once write one."""
    schools = sorted({school for school, _ in wanted})
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=schools).order_by("pk").values_list("pk"))
    years = {year for _, year in wanted}
    rows = SchoolProfile.objects.select_for_update(of=("self",)).filter(school__in=schools, school_year__in=years)
    return {key: row for row in rows if (key := (row.school_id, row.school_year)) in wanted}


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
    return {name: getattr(profile, name) for name in ("stage_id", *_STORED[1:])}
