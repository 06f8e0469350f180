"""Outputs of the five batches as a table; a kind's own columns stand in one cell, a line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from pilots.models import Output, OutputKind, Task
from pilots.outputs import own_fields
from pilots.queries.output import output_kinds, outputs_for, tasks_for_outputs, with_facts
from pilots.services.output import OutputFacts, OutputWriter, save_output
from pilots.states.output import OutputState
from portal.accounts.models import User
from portal.exchange.sheet import Field, GatheredSheet, Values, choice, day, flag, text, unit

PLAIN = ("kind", "name", "day", "school", "subject", "people", "link", "shows_people")


class Outputs(GatheredSheet):
    """What has come of the work. A row is the output of its unit by kind, name and school; taken in, it is proposed."""

    key, label, back, back_label = "outputs", "五个一批成果", "outputs", "五个一批成果"
    take, see = "pilots.add_output", "pilots.view_outputs"
    note = (
        "带*的必须填写。单位、学校可填全称、简称、别名、编码或拼音。所属任务填任务名称，不属于任务的空着。\n"
        "其他内容每项一行（同一格内用Alt+回车换行），写成“栏目：内容”，栏目与报送成果页面上的相同。\n"
        "已报送的成果按报送单位、类型、名称和所在学校识别；空着的格子保持原样。导入后仍须上级确认。"
    )
    key_fields = ("unit", "kind", "name", "school")
    writer = OutputWriter
    titles = {"task": "所属任务"}

    def fields(self) -> Sequence[Field]:
        return (
            choice("kind", "类型", {kind.name: kind for kind in output_kinds()}, required=True),
            text("name", "名称", 34, required=True),
            unit("unit", "报送单位", required=True),
            day("day", "形成日期", required=True),
            unit("school", "所在学校"),
            text("subject", "学科或领域", 14),
            text("people", "作者或成员", 30),
            text("link", "链接", 30),
            text("task", "所属任务", 30),
            text("own", "其他内容", 40),
            flag("shows_people", "公开时显示人名", 16),
        )

    def name(self, values: Values) -> str:
        return str(values.get("name", ""))

    def things(self, user: User) -> Iterable[Output]:
        rows = with_facts(outputs_for(user).exclude(state=OutputState.WITHDRAWN))
        return rows.select_related("kind", "unit__parent", "school__parent", "task")

    def values(self, thing: Any) -> Values:
        own = [
            f"{column.label}：{thing.data[column.name]}"
            for column in own_fields(thing.kind.fields)
            if column.name in thing.data
        ]
        plain = {name: getattr(thing, name) for name in PLAIN}
        return plain | {"unit": thing.unit, "task": thing.task.title if thing.task else "", "own": "\n".join(own)}

    def begin(self, by: User) -> None:
        super().begin(by)
        self._tasks: dict[str, list[Task]] = {}

    def find(self, values: Values, by: User) -> Output | None:
        unit, school = values["unit"].pk, values.get("school")
        key = (values["kind"].pk, values["name"], school.pk if school else None)

        def own() -> QuerySet[Output]:
            return outputs_for(by).filter(unit=unit).exclude(state=OutputState.WITHDRAWN)

        pk = self.known(unit, key, own, "kind", "name", "school")
        return with_facts(Output.objects.filter(pk=pk)).first() if pk else None

    def make(self, values: Values, by: User) -> None:
        self._writer.put(self._facts(values, by), unit=values["unit"])

    def change(self, thing: Any, values: Values, changed: frozenset[str], by: User) -> None:
        save_output(thing, self._facts(values, by), by=by)

    def _facts(self, values: Values, by: User) -> OutputFacts:
        plain = {name: values[name] for name in PLAIN}
        return OutputFacts(**plain, task=self._task(values["task"], by), data=_own(values["kind"], values["own"]))

    def _task(self, title: str, by: User) -> Task | None:
        if not title:
            return None
        if title not in self._tasks:
            self._tasks[title] = list(tasks_for_outputs(by).filter(title=title)[:2])
        found = self._tasks[title]
        if len(found) != 1:
            why = "有多个任务叫" if found else "没有正在实施的任务叫"
            raise ValidationError({"task": f"{why}“{title}”，请核对名称，或空着，导入后在成果页面选择。"})
        return found[0]


def _own(kind: OutputKind, typed: str) -> dict[str, str]:
    """``栏目：内容`` a line, by the names of the kind's own columns."""
    columns = {column.label: column.name for column in own_fields(kind.fields)}
    found: dict[str, str] = {}
    for line in filter(None, map(str.strip, typed.splitlines())):
        label, mark, value = line.replace(":", "：", 1).partition("：")
        if not mark or label.strip() not in columns:
            offered = "、".join(columns) or "无"
            raise ValidationError({"其他内容": f"“{line}”请写成“栏目：内容”。“{kind}”可填的栏目：{offered}。"})
        found[columns[label.strip()]] = value.strip()
    return found
