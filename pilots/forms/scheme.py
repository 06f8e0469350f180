"""Forms of schemes of assessment and of surveys."""

from __future__ import annotations

from typing import Any

from django import forms

from pilots.models import Indicator, SchemeItem
from pilots.models.scheme import ItemFields
from pilots.models.survey import MARKS
from portal.accounts.forms.base import NarrowingForm, PlainForm, UnitField, day_field, search_field, used_only
from portal.accounts.models import Unit


def _number(label: str, **options: Any) -> forms.DecimalField:
    errors = {"invalid": f"{label}请填数字。", "max_digits": f"{label}太大，请核对。"}
    errors["max_decimal_places"] = f"{label}的小数位数太多，请核对。"
    return forms.DecimalField(label=label, error_messages=errors, **options)


class SchemeForm(PlainForm):
    """Name and basis of a scheme."""

    name = forms.CharField(label="名称", max_length=60)
    basis = forms.CharField(label="依据", required=False, max_length=200, help_text="依据的文件和条款。")
    full_points = _number("满分", max_digits=5, decimal_places=1, initial=100)
    note = forms.CharField(label="说明", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    is_active = forms.BooleanField(label="在用", required=False, initial=True)


class CopyForm(PlainForm):
    """The name of a copy."""

    name = forms.CharField(label="新方案的名称", max_length=60)


class ItemForm(PlainForm):
    """One item of a scheme: what it is worth, whose it is, how it is scored."""

    code = forms.CharField(label="编号", max_length=8, help_text="一个字母加数字，例如A1；公式里用它来指这一项。")
    name = forms.CharField(label="考核内容", max_length=60)
    about = forms.CharField(label="评分要点", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    weight = _number("分值", max_digits=5, decimal_places=1)
    share = forms.ChoiceField(label="归属", choices=ItemFields.Share.choices)
    way = forms.ChoiceField(label="计分方式", choices=ItemFields.Way.choices)
    indicator = forms.ModelChoiceField(
        queryset=Indicator.objects.filter(is_active=True),
        label="指标",
        required=False,
        empty_label="不按指标计分",
        help_text="“按指标计分”时选择。共同部分用按共同体统计的指标，其余用按学校统计的指标。",
    )
    formula = forms.CharField(
        label="公式",
        required=False,
        max_length=200,
        help_text="“按公式计分”时填写：用编号或指标代号加减乘除，例如“(A1 + A2) / 2”。",
    )
    full_at = _number(
        "满分值",
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text="数据达到多少得满分；中间按比例计分。越小越好的，满分值小于零分值即可。调查默认平均5分得满分。",
    )
    zero_at = _number("零分值", max_digits=12, decimal_places=2, required=False, initial=0)
    is_value_added = forms.BooleanField(
        label="看增长（与本单位对比时段相比）", required=False, help_text="选中后，满分值、零分值都指增长多少。"
    )
    statements = forms.CharField(
        label="调查题目",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="“满意度调查”时填写，一行一题，从非常满意到非常不满意五档选择。",
    )

    def __init__(self, *args: Any, item: SchemeItem | None = None, **kwargs: Any) -> None:
        if item is not None:
            kwargs["initial"] = {name: getattr(item, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        for name, ways in ItemFields.WAYS_USING.items():
            used_only(self.fields[name], "way", " ".join(ways))

    def clean_zero_at(self) -> Any:
        return self.cleaned_data["zero_at"] or 0


class SurveyFilter(NarrowingForm):
    """Filters of the list of surveys."""

    text = search_field("标题")


class SurveyForm(PlainForm):
    """A survey: its statements, and from when to when it is open."""

    held_by = UnitField(label="组织单位")
    title = forms.CharField(label="标题", max_length=100)
    about = forms.CharField(label="填写说明", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    statements = forms.CharField(
        label="题目", widget=forms.Textarea(attrs={"rows": 6}), help_text="一行一题，写成可以说满意或不满意的句子。"
    )
    asks_words = forms.BooleanField(label="最后请填写意见建议（可不填）", required=False, initial=True)
    opens_on = day_field("开始日期")
    closes_on = day_field("截止日期")

    def __init__(self, *args: Any, holders: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["held_by"]
        field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in holders])
        if len(holders) == 1:
            field.initial = holders[0].pk
            field.widget = forms.HiddenInput()

    def clean_statements(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["statements"].splitlines() if line.strip()]


class SurveyAnswerForm(PlainForm):
    """What a visitor fills in."""

    def __init__(self, *args: Any, statements: list[str], asks_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, text in enumerate(statements):
            field = forms.TypedChoiceField(
                label=text,
                coerce=int,
                choices=MARKS,
                widget=forms.RadioSelect(),
                error_messages={"required": "请选一项。", "invalid_choice": "请从列出的选项中选一项。"},
            )
            field.widget.attrs["class"] = "form-check-input"
            self.fields[f"mark_{place}"] = field
        self.count = len(statements)
        if asks_words:
            words = forms.CharField(
                label="您的意见建议（可不填）",
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
                help_text="请不要写姓名等个人信息。",
            )
            self.fields["words"] = words

    def statements(self) -> list[Any]:
        return [self[f"mark_{place}"] for place in range(self.count)]

    def answer(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"marks": [data[f"mark_{place}"] for place in range(self.count)], "words": data.get("words", "")}
