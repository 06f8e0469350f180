"""Forms of targets: the list's filters, and setting one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pilots.models import Indicator, Target
from pilots.models.indicator import Force
from pilots.pace import plain
from pilots.queries.target import indicators
from portal.accounts.forms.base import DATE_FORMATS, NarrowingForm, PlainForm, UnitField, day_field
from portal.accounts.queries.unit import official_order, units
from portal.accounts.roles import UnitKind
from portal.measures import level_called, levels
from portal.text.official import official_date


class TargetFilterForm(NarrowingForm):
    """Filters of the list, as ``listed_targets`` takes them."""

    indicator = forms.ModelChoiceField(
        label="指标", required=False, queryset=Indicator.objects.none(), empty_label="全部指标"
    )
    area = UnitField(label="适用地区", required=False)
    force = forms.ChoiceField(label="约束力", required=False, choices=[("", "不限"), *Force.choices])
    ended = forms.ChoiceField(label="时间", required=False, choices=[("", "进行中"), ("yes", "已结束")])
    late = forms.ChoiceField(label="进度", required=False, choices=[("", "不限"), ("yes", "有滞后的")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["indicator"].queryset = indicators()
        set_for = Target.objects.values("area")
        fields["area"].queryset = units().filter(pk__in=set_for).order_by(*official_order())
        fields["area"].empty_label = "全部地区"

    def narrowing(self) -> dict[str, Any]:
        given = super().narrowing()
        return given | {"ended": True} if given.pop("ended", "") else given


class TargetForm(PlainForm):
    """A target: which figure, where, how much, how binding, from when to when."""

    indicator = forms.ModelChoiceField(label="指标", queryset=Indicator.objects.none(), empty_label="请选择")
    area = UnitField(label="适用地区或单位", help_text="适用于其中每一个考察对象；全省适用的选省协同提质办。")
    among = forms.ChoiceField(label="适用类型", required=False)
    value = forms.DecimalField(label="目标值", max_digits=12, decimal_places=2, min_value=0)
    force = forms.ChoiceField(label="约束力", choices=[("", "请选择"), *Force.choices])
    first = day_field("开始日期", help_text="按学期、学年考察的指标，在这段时间里每期都适用。")
    last = day_field("结束日期", help_text="含当天；跨期的指标以这一天为完成期限。")
    milestones = forms.CharField(
        label="中途节点（可不填）",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "2025年12月31日 30"}),
        help_text="每行一个：日期，空格，到那天应达到的数值。应达进度按节点计算。",
    )
    basis = forms.CharField(label="依据（可不填）", required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["indicator"].queryset = indicators()
        kinds = (UnitKind.PROVINCE_OFFICE, UnitKind.PREFECTURE, UnitKind.COUNTY, UnitKind.UNIVERSITY, UnitKind.PARTNER)
        fields["area"].queryset = units().filter(kind__in=kinds).order_by(*official_order())
        offered = [(key, label) for level in levels() for key, label in level.kinds()]
        fields["among"].choices = [("", "不限"), *offered]
        if not offered:
            del fields["among"]

    def clean_milestones(self) -> list[tuple[date, Decimal]]:
        """One line, one milestone."""
        lines = [line.split() for line in self.cleaned_data["milestones"].splitlines() if line.strip()]
        return [_milestone(line) for line in lines]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        indicator, among = cleaned.get("indicator"), cleaned.get("among")
        if indicator is not None and among:
            level = level_called(indicator.level)
            if level is None or among not in dict(level.kinds()):
                self.add_error("among", "这项指标不分这种类型，请选“不限”。")
        return cleaned


def _milestone(words: list[str]) -> tuple[date, Decimal]:
    """A day and a number. Raises ValidationError with a sentence."""
    try:
        day, number = words
        return forms.DateField(input_formats=DATE_FORMATS).clean(day), forms.DecimalField(decimal_places=2).clean(
            number
        )
    except (ValueError, ValidationError) as error:
        line = " ".join(words)[:40]
        raise ValidationError(f"“{line}”看不懂，请写成“2025年12月31日 30”的样子，每行一个。") from error


def target_initial(target: Target) -> dict[str, Any]:
    """A stored target as its form shows it."""
    names = ("indicator", "area", "among", "force", "basis")
    return {name: getattr(target, name) for name in names} | {
        "value": plain(target.value),
        "first": target.during.lower,
        "last": target.during.upper - timedelta(days=1),
        "milestones": "\n".join(f"{official_date(one.day)} {plain(one.value)}" for one in target.milestones.all()),
    }


def usual_of(indicator: Indicator) -> dict[str, Any]:
    """What a new target on ``indicator`` begins with."""
    return {
        "indicator": indicator,
        "value": None if indicator.usual_value is None else plain(indicator.usual_value),
        "force": indicator.force,
        "basis": indicator.clause,
        "last": indicator.usual_until,
    }
