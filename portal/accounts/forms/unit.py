"""Forms of units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.forms.base import PlainForm, UnitField, day_field, split_list
from portal.accounts.models import Unit
from portal.accounts.queries.unit import possible_parents, units
from portal.accounts.roles import UnitKind

UNKNOWN_ORDER = 9999


class UnitFilter(forms.Form):
    """The filters above the list of units, kept in the address."""

    text = forms.CharField(
        label="名称、别名或编码",
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "type": "search"}),
    )
    kind = forms.ChoiceField(
        label="类别",
        required=False,
        choices=[("", "全部类别"), *UnitKind.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    area = forms.ModelChoiceField(
        label="设区市",
        required=False,
        queryset=Unit.objects.none(),
        empty_label="全省",
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = units().filter(kind=UnitKind.PREFECTURE)  # type: ignore[attr-defined]


class UnitDetails(PlainForm):
    """What of a unit is not dated."""

    code = forms.CharField(label="编码", max_length=30, required=False, help_text="如行政区划代码；可以不填。")
    official_order = forms.IntegerField(
        label="排列顺序",
        min_value=0,
        max_value=UNKNOWN_ORDER,
        initial=UNKNOWN_ORDER,
        help_text="同类单位按从小到大排列。",
        error_messages={"invalid": "排列顺序请填整数。"},
    )
    aliases = forms.CharField(
        label="别名",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="来稿中常见的其他叫法，用“、”隔开。",
    )
    is_outside = forms.BooleanField(label="省外单位", required=False)

    def clean_aliases(self) -> list[str]:
        aliases = split_list(self.cleaned_data["aliases"])
        if long := next((alias for alias in aliases if len(alias) > 60), None):
            raise forms.ValidationError(f"别名“{long[:20]}……”太长，请控制在60字以内。")
        return aliases


class EditUnitForm(UnitDetails):
    """Details, and whether it is in use."""

    is_active = forms.BooleanField(
        label="在用", required=False, help_text="停用后不再出现在选择单位的地方；停用日期以前的数字不变。"
    )
    closed_on = day_field("停用日期（可不填）", required=False, help_text="停用时填写，不填按今天；在用的单位不用填。")


class RegisterUnitForm(UnitDetails):
    """A new unit."""

    field_order = ["kind", "name", "short_name", "parent", "aliases", "code", "official_order", "is_outside"]
    kind = forms.ChoiceField(
        label="类别",
        choices=[("", "请选择"), *((value, label) for value, label in UnitKind.choices if value != "province_office")],
        help_text="按实际类别选择，如瑞昌市是县（市、区）。",
    )
    name = forms.CharField(label="名称", max_length=100, help_text="单位全称。")
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    parent = UnitField(label="上级单位")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = possible_parents()  # type: ignore[attr-defined]


class RenameForm(PlainForm):
    """Another name from a day on."""

    name = forms.CharField(label="新名称", max_length=100)
    short_name = forms.CharField(label="新简称", max_length=40, required=False)
    since = day_field("自哪天起", initial=timezone.localdate, help_text="可以是将来的日期；此前的文件仍用原名称。")


class MoveForm(PlainForm):
    """Another unit above it from a day on."""

    parent = UnitField(label="新的上级单位")
    since = day_field("自哪天起", initial=timezone.localdate, help_text="此前的数据仍算在原上级单位名下。")

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = possible_parents(unit.kind).exclude(pk=unit.pk)  # type: ignore[attr-defined]
