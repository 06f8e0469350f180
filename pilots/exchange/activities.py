"""Activities as a table: days and numbers written as people speak, as in the form on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from pilots.exchange.batch import batch
from pilots.models import Activity
from pilots.queries.activity import activity_kinds, with_facts
from pilots.queries.activity_list import activities_for
from pilots.services.activity import ActivityWriter, Facts, change_activity
from pilots.services.activity_row import read_people, row_of
from pilots.states.activity import COUNTED, KEPT
from portal.accounts.models import User
from portal.exchange.sheet import Field, GatheredSheet, Values, choice, day, number, text, unit, units

MOST_SESSIONS = 999


class Activities(GatheredSheet):
    """What took place. A row is the activity of its unit, kind, first day and words on what it was about."""

    key, label, back, back_label = "activities", "活动", "activities", "活动"
    take, see = "pilots.record_activity", "pilots.view_activities"
    note = (
        "带*的必须填写。单位可填全称、简称、别名、编码或拼音，参与单位之间用“、”隔开。人数如“师范生38人；教师72人次；共计200余人”。\n"
        "已登记的活动按登记单位、类型、开始日期和内容识别；空着的格子保持原样。导入后对方会看到，不必重复登记。"
    )
    key_fields = ("unit", "kind", "start", "about")
    writer = ActivityWriter
    titles = {"date": "开始日期", "end": "结束日期"}

    def fields(self) -> Sequence[Field]:
        return (
            unit("unit", "登记单位", required=True),
            choice("kind", "类型", {kind.name: kind for kind in activity_kinds()}, required=True),
            day("start", "开始日期", required=True),
            day("end", "结束日期"),
            text("about", "内容", 40),
            number("sessions", "场次", MOST_SESSIONS, width=8),
            text("place", "地点"),
            units("partners", "参与单位"),
            text("other_partners", "其他参与方"),
            text("people", "人数", 30),
            batch("五个一批"),
        )

    def name(self, values: Values) -> str:
        return " ".join(str(values[name]) for name in ("unit", "kind", "about") if values.get(name))

    def things(self, user: User) -> Iterable[Activity]:
        rows = with_facts(activities_for(user).filter(state__in=COUNTED)).select_related("unit__parent")
        return rows.prefetch_related("partners__parent").order_by("-start", "-pk")

    def values(self, thing: Any) -> Values:
        first = next(iter(thing.batches.all()), None)
        plain = ("unit", "kind", "start", "about", "sessions", "place", "other_partners")
        return {name: getattr(thing, name) for name in plain} | {
            "end": thing.end if thing.end != thing.start else None,
            "partners": tuple(thing.partners.all()),
            "people": row_of(thing).people,
            "batch": first,
        }

    def find(self, values: Values, by: User) -> Activity | None:
        unit = values["unit"].pk
        key = (values["kind"].pk, values["start"], values.get("about", ""))

        def own() -> QuerySet[Activity]:
            return activities_for(by).filter(state__in=KEPT, unit=unit).order_by("-start", "-pk")

        pk = self.known(unit, key, own, "kind", "start", "about")
        return with_facts(Activity.objects.filter(pk=pk)).first() if pk else None

    def make(self, values: Values, by: User) -> None:
        self._writer.put(_facts(values, None), unit=values["unit"])

    def change(self, thing: Any, values: Values, changed: frozenset[str], by: User) -> None:
        facts = _facts(values, thing)
        if "batch" not in changed:
            facts = replace(facts, batches=tuple(thing.batches.all()))
        change_activity(thing, facts, by=by)


def _facts(values: Values, known: Activity | None) -> Facts:
    """The facts of a row; what a table does not ask of an activity that is there stays as it is."""
    errors: dict[str, str] = {}
    people = read_people(values["people"], errors)
    if errors:
        raise ValidationError(errors)
    names = ("kind", "start", "end", "place", "partners", "other_partners", "about")
    return Facts(
        **{name: values[name] for name in names},
        sessions=values["sessions"] or 1,
        people=people,
        batches=(values["batch"],) if values["batch"] else (),
        days=tuple(known.days) if known else (),
        is_approximate=known.is_approximate if known else False,
    )
