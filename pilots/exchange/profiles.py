"""学校基本情况 as a table: one row per school and school year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from pilots.models import SchoolProfile, SchoolStage
from pilots.queries.school_profile import profiles_for, profiles_of_year, this_school_year
from pilots.services.school_profile import MOST_CLASSES, MOST_PUPILS, MOST_TEACHERS, ProfileFacts, ProfileWriter
from portal.accounts.models import User
from portal.exchange.sheet import Field, Sheet, Values, choice, flag, number, text, unit
from portal.periods import parse_period

FACTS = ("stage", "area", "is_rural_central", "pupils", "classes", "teachers", "condition")


class Profiles(Sheet):
    """The figures of schools; a bureau takes in those of its schools, the office any."""

    key, label, back, back_label = "school-profiles", "学校基本情况", "school-profiles", "学校基本情况"
    take, see = "pilots.write_profiles", "pilots.view_profiles"
    note = (
        "带*的必须填写。学校可填全称、简称、别名、编码或拼音；几所学校同名的，前面加上县名。\n"
        "学年如“2024-2025”，不填则为本学年；本学年已填过的，空着的格子保持原样。"
    )
    key_fields = ("school", "school_year")

    def fields(self) -> Sequence[Field]:
        stages = {stage.name: stage for stage in SchoolStage.objects.filter(is_active=True)}
        return (
            unit("school", "学校", required=True),
            text("school_year", "学年", 14),
            choice("stage", "学段", stages, required=True),
            choice("area", "所在地", {str(label): value for value, label in SchoolProfile.Area.choices}, required=True),
            flag("is_rural_central", "乡村中心学校", 14),
            number("pupils", "学生人数", MOST_PUPILS, required=True),
            number("classes", "班级数", MOST_CLASSES, required=True),
            number("teachers", "专任教师人数", MOST_TEACHERS, width=14, required=True),
            text("condition", "办学条件", 40),
        )

    def things(self, user: User) -> Iterable[SchoolProfile]:
        return profiles_for(user).filter(school_year=this_school_year().key)

    def values(self, thing: Any) -> Values:
        return {name: getattr(thing, name) for name in ("school", "school_year", *FACTS)}

    def begin(self, by: User) -> None:
        self._writer = ProfileWriter(by=by)
        self._known: dict[str, dict[int, SchoolProfile]] = {}

    def find(self, values: Values, by: User) -> SchoolProfile | None:
        year = _year(values)
        if year not in self._known:  # all of it at once: a table rarely speaks of a second year
            self._known[year] = {profile.school_id: profile for profile in profiles_of_year(year)}
        return self._known[year].get(values["school"].pk)

    def make(self, values: Values, by: User) -> None:
        facts = ProfileFacts(**{name: values[name] for name in FACTS})
        self._writer.put(values["school"], _year(values), facts)

    def finish(self, by: User) -> None:
        self._writer.write()

    def change(self, thing: Any, values: Values, changed: frozenset[str], by: User) -> None:
        self.make(values, by)


def _year(values: Values) -> str:
    """The key of the school year; people write 2024—2025 and 2024-2025学年 as well."""
    typed = str(values.get("school_year") or this_school_year().key)
    key = typed.removesuffix("学年").replace("—", "-").replace("–", "-")
    if len(key) != 9 or parse_period(key) is None:
        raise ValidationError({"学年": f"“{typed}”不是学年，请按“2024-2025”的样子填写。"})
    return key
