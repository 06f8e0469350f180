"""Forms of inspections, of what was found, and of what has to be put right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pilots.forms.pilot import AreaChoice
from pilots.models import Finding, InspectedUnit
from pilots.services.inspection import TypedFinding
from pilots.states.inspection import CorrectionState, InspectionState
from portal.accounts.forms.base import NarrowingForm, PlainForm, UnitField, day_field, search_field, split_list
from portal.accounts.forms.unit_names import UnitNameField
from portal.accounts.models import Unit


class InspectionFilter(NarrowingForm):
    """Filters of the list of inspections."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *InspectionState.choices])
    text = search_field("名称")


class CorrectionFilter(NarrowingForm):
    """Filters of the list of what has to be put right."""

    standing = forms.ChoiceField(
        label="整改情况", required=False, choices=[("", "全部"), ("late", "已逾期"), *CorrectionState.choices]
    )
    text = search_field("事项或单位")

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["area"] = area = AreaChoice()
        area.widget.attrs["class"] = "form-select"
        self.order_fields(["area", "standing", "text"])


class InspectionForm(PlainForm):
    """When, by whom and where; the checklist is typed beside it."""

    led_by = UnitField(label="检查单位")
    name = forms.CharField(label="名称", max_length=100, help_text="例如“2025年春季试点学校工作督导”。")
    starts_on = day_field("开始日期")
    ends_on = day_field("结束日期")
    inspectors = forms.CharField(
        label="检查人员", required=False, max_length=300, help_text="写职务，例如“教研员2人”。"
    )
    units = forms.CharField(
        label="受检单位",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="县（市、区）或学校的名称，用顿号或换行分开。",
    )
    note = forms.CharField(label="检查要求", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, leaders: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["led_by"]
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in leaders])
        if len(leaders) == 1:
            field.initial = leaders[0].pk
            field.widget = forms.HiddenInput()

    def clean_units(self) -> list[Unit]:
        one, found, errors = UnitNameField(), [], []
        for name in split_list(self.cleaned_data["units"]):
            try:
                found.append(one.clean(name))
            except ValidationError as error:
                errors += error.messages
        if errors:
            raise ValidationError(errors[:5])
        return [unit for unit in found if unit is not None]


class FindingsForm(PlainForm):
    """The checklist of one unit: a result and a remark for each line."""

    visited_on = day_field("检查日期", required=False)
    remark = forms.CharField(
        label="总体评价", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, inspected: InspectedUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(inspected.inspection.items.all())
        found = {row.item_id: row for row in inspected.findings.all()}
        self.initial.setdefault("visited_on", inspected.visited_on)
        self.initial.setdefault("remark", inspected.remark)
        for item in self.items:
            row = found.get(item.pk)
            result = forms.ChoiceField(
                label=f"{item}结果", required=False, choices=[("", "请选择"), *Finding.Result.choices]
            )
            result.widget.attrs |= {"class": "form-select", "aria-label": f"{item}结果"}
            words = forms.CharField(label=f"{item}说明", required=False, max_length=500)
            words.widget.attrs |= {"class": "form-control", "aria-label": f"{item}说明"}
            self.fields[f"result_{item.pk}"], self.fields[f"words_{item.pk}"] = result, words
            self.initial.setdefault(f"result_{item.pk}", row.result if row else "")
            self.initial.setdefault(f"words_{item.pk}", row.remark if row else "")

    def lines(self) -> list[dict[str, Any]]:
        return [
            {"item": item, "result": self[f"result_{item.pk}"], "words": self[f"words_{item.pk}"]}
            for item in self.items
        ]

    def found(self) -> list[TypedFinding]:
        data = self.cleaned_data
        return [
            TypedFinding(item.pk, data.get(f"result_{item.pk}", ""), data.get(f"words_{item.pk}", ""))
            for item in self.items
        ]


class CorrectionForm(PlainForm):
    """Something to be put right."""

    what = forms.CharField(label="整改事项", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    due = day_field("整改期限")


class AnswerForm(PlainForm):
    """What was put right."""

    text = forms.CharField(label="整改情况", required=False, widget=forms.Textarea(attrs={"rows": 4}))


class ChecklistForm(PlainForm):
    """The name of a checklist; its lines are typed beside it."""

    name = forms.CharField(label="名称", max_length=60)
    is_active = forms.BooleanField(label="在用", required=False, initial=True)
