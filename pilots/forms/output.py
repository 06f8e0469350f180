"""Forms of outputs: the list's filters, and an output with the columns of its kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from pilots.models import Batch, Output, OutputKind, Task
from pilots.outputs import LONGEST_VALUE, OwnField, own_fields
from pilots.queries.activity import batches
from pilots.queries.output import output_kinds
from pilots.services.output import OutputFacts
from pilots.states.output import OutputState
from portal.accounts.forms.base import PlainForm, UnitField, day_field, search_field
from portal.accounts.forms.counted import CountedForm
from portal.accounts.forms.unit_names import UnitNameField
from portal.accounts.models import Unit
from portal.accounts.queries.unit import areas, units

#: Columns of one kind stand in the form under names of their own.
OWN = "own_"


class OutputFilterForm(CountedForm):
    """Filters of the list, as ``listed_outputs`` takes them."""

    code = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    kind = forms.ModelChoiceField(
        label="类型", required=False, queryset=OutputKind.objects.none(), empty_label="全部类型"
    )
    batch = forms.ModelChoiceField(label="批次", required=False, queryset=Batch.objects.none(), empty_label="全部批次")
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *OutputState.choices])
    year = forms.IntegerField(label="年份", required=False, min_value=2000, max_value=2999)
    area = UnitField(label="地区", required=False)
    unit = UnitNameField(label="报送单位", required=False)
    text = search_field("名称、人员或学校")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = output_kinds()  # type: ignore[attr-defined]
        self.fields["batch"].queryset = batches()  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas()  # type: ignore[attr-defined]
        self.fields["area"].empty_label = "全部地区"  # type: ignore[attr-defined]


class OutputForm(PlainForm):
    """An output of ``kind``: the common columns and the kind's own."""

    unit = UnitNameField(label="报送单位")
    name = forms.CharField(max_length=100)
    day = day_field("形成日期", initial=timezone.localdate)
    task = forms.ModelChoiceField(
        label="所属任务", required=False, queryset=Task.objects.none(), empty_label="不属于任务"
    )
    school = UnitNameField(label="所在学校", required=False)
    subject = forms.CharField(label="学科或领域", required=False, max_length=30)
    people = forms.CharField(label="作者或成员", required=False, max_length=300)
    link = forms.URLField(
        label="链接",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "链接请写完整，以“https://”开头。"},
    )
    shows_people = forms.BooleanField(
        label="如公开，可以显示人名",
        required=False,
        help_text="不选时，公开的页面上不出现姓名，只写学校、学科和类型。是否公开由省协同提质办决定。",
    )

    def __init__(
        self,
        *args: Any,
        kind: OutputKind,
        tasks: Any,
        own: Iterable[Unit] = (),
        plans_for_all: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.own_columns = kind, own_fields(kind.fields)
        self.fields["name"].label = kind.about
        self.fields["task"].queryset = tasks  # type: ignore[attr-defined]
        self._offer_units(list(own), plans_for_all)
        for column in self.own_columns:
            self.fields[OWN + column.name] = _field(column)
        last = ("link", "shows_people")
        self.order_fields([*(name for name in self.fields if name not in last), *last])
        for field in self.fields.values():
            verb = "选择" if isinstance(field, forms.ChoiceField) else "填写"
            field.error_messages["required"] = f"请{verb}{field.label}。"

    def _offer_units(self, own: list[Unit], plans_for_all: bool) -> None:
        if plans_for_all:
            return
        self.fields["unit"] = UnitField(label="报送单位", queryset=units().filter(pk__in=[one.pk for one in own]))
        self.fields["unit"].widget.attrs["class"] = "form-select"
        if len(own) == 1:
            self.fields["unit"].initial = own[0].pk

    def facts(self) -> OutputFacts:
        """The output that was typed; call once the form is valid."""
        common = ("name", "day", "task", "school", "subject", "people", "link", "shows_people")
        data = {column.name: self.cleaned_data.get(OWN + column.name) for column in self.own_columns}
        return OutputFacts(kind=self.kind, data=data, **{name: self.cleaned_data[name] for name in common})


def output_initial(output: Output) -> dict[str, Any]:
    """What a form shows of an output that stands."""
    names = ("name", "day", "subject", "people", "link", "shows_people")
    return {
        **{name: getattr(output, name) for name in names},
        "task": output.task_id,
        "school": output.school.name if output.school else "",
        **{OWN + name: value for name, value in output.data.items()},
    }


def _field(column: OwnField) -> forms.Field:
    """The field of a kind's own column."""
    options: dict[str, Any] = {"label": column.label, "required": column.required}
    if column.choices:
        choices = [("", "请选择"), *((choice, choice) for choice in column.choices)]
        return forms.ChoiceField(choices=choices, widget=forms.Select(attrs={"class": "form-select"}), **options)
    if column.number:
        number = forms.NumberInput(attrs={"class": "form-control"})
        return forms.IntegerField(min_value=1, max_value=100_000, widget=number, **options)
    text = forms.TextInput(attrs={"class": "form-control"})
    return forms.CharField(max_length=LONGEST_VALUE, widget=text, **options)
