"""Forms of tasks: the list's filters, the plan with its milestones, a milestone that is done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from pilots.models import Batch, Task
from pilots.progress import Standing
from pilots.queries.activity import batches
from pilots.services.task import TaskPlan, TypedStep
from pilots.states.task import TaskState
from portal.accounts.forms.base import PlainForm, UnitField, day_field, search_field
from portal.accounts.forms.counted import CountedForm
from portal.accounts.forms.unit_names import UnitNameField, UnitNamesField
from portal.accounts.models import Unit
from portal.accounts.queries.unit import areas, units

#: Rows for milestones that a new form offers beyond those that stand; more can be added after saving.
SPARE_ROWS = 4
MOST_ROWS = 40


class TaskFilterForm(CountedForm):
    """Filters of the list, as ``listed_tasks`` takes them."""

    batch = forms.ModelChoiceField(label="批次", required=False, queryset=Batch.objects.none(), empty_label="全部批次")
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *TaskState.choices])
    standing = forms.ChoiceField(
        label="进度", required=False, choices=[("", "不限"), ("late", "需关注和滞后"), *Standing.choices]
    )
    area = UnitField(label="地区", required=False)
    unit = UnitNameField(label="单位（含参与）", required=False)
    text = search_field("任务名称或内容")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["batch"].queryset = batches()  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas()  # type: ignore[attr-defined]
        self.fields["area"].empty_label = "全部地区"  # type: ignore[attr-defined]


class TaskForm(PlainForm):
    """A plan. ``own`` are the units of the person; who plans for all types any name."""

    unit = UnitNameField(label="负责单位")
    batch = forms.ModelChoiceField(label="批次", queryset=Batch.objects.none(), empty_label="请选择")
    title = forms.CharField(label="任务名称", max_length=100)
    description = forms.CharField(
        label="任务内容", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    start = day_field("开始日期")
    due = day_field("完成期限")
    goal = forms.IntegerField(
        label="目标数量（可不填）",
        required=False,
        min_value=1,
        max_value=100_000,
        help_text="如20；按已确认的成果计算达到多少。",
    )
    goal_word = forms.CharField(label="计量单位", required=False, max_length=10, help_text="如“节课”“名”。")
    partners = UnitNamesField(label="协同单位", required=False, help_text="单位名称之间用“、”隔开。")
    schools = UnitNamesField(label="参与学校", required=False, help_text="学校名称之间用“、”隔开。")

    def __init__(self, *args: Any, own: Iterable[Unit] = (), plans_for_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = list(own)
        self.fields["batch"].queryset = batches()  # type: ignore[attr-defined]
        if not plans_for_all:
            self.fields["unit"] = UnitField(label="负责单位", queryset=units().filter(pk__in=[one.pk for one in own]))
            self.fields["unit"].widget.attrs["class"] = "form-select"
            if len(own) == 1:
                self.fields["unit"].initial = own[0].pk

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("goal") and not given.get("goal_word", "").strip():
            self.add_error("goal_word", "请写明目标的计量单位，如“节课”。")
        return given

    def plan(self, steps: Iterable[TypedStep]) -> TaskPlan:
        """The plan that was typed; call once the form is valid."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "unit"}
        return TaskPlan(**given, steps=tuple(steps))


class StepForm(PlainForm):
    """One milestone row; a row without words is none, and one that stood is taken away."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    what = forms.CharField(label="节点内容", required=False, max_length=100)
    due = day_field("期限", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("what") and not given.get("due") and "due" not in self.errors:
            self.add_error("due", "请填写这个节点的期限。")
        if given.get("due") and not given.get("what") and not given.get("pk"):
            self.add_error("what", "请填写节点内容，或清除期限。")
        return given


StepForms = forms.formset_factory(StepForm, extra=SPARE_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def typed_steps(forms_: Any) -> list[TypedStep]:
    """The milestones of a valid set of rows."""
    rows = (form.cleaned_data for form in forms_)
    return [TypedStep(row["what"], row["due"], row.get("pk")) for row in rows if row.get("what")]


class DoneForm(PlainForm):
    """A milestone was done."""

    done_on = day_field("完成日期", initial=timezone.localdate)
    evidence = forms.CharField(label="完成情况（可不填）", required=False, max_length=300)


def task_initial(task: Task) -> dict[str, Any]:
    """What a form shows of a task that stands."""
    names = ("title", "description", "start", "due", "goal", "goal_word")
    return {name: getattr(task, name) for name in names} | {
        "batch": task.batch_id,
        "partners": "、".join(unit.name for unit in task.partners.all()),
        "schools": "、".join(unit.name for unit in task.schools.all()),
    }


def steps_initial(task: Task) -> list[dict[str, Any]]:
    return [{"pk": step.pk, "what": step.what, "due": step.due} for step in task.milestones.all()]
