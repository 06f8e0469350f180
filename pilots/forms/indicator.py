"""Forms of indicators: an indicator with how it is counted or reported, a set, a rule."""

from __future__ import annotations

from typing import Any

from django import forms

from pilots.models import ActivityKind, Batch, Indicator, IndicatorSet, OutputKind, ValueRule
from pilots.models.indicator import Force
from pilots.parameters import TAKES
from portal.accounts.forms.base import PlainForm, day_field, used_only
from portal.accounts.roles import UnitKind
from portal.measures import Measure, level_called, levels, measures

#: What stands in an indicator as it stands in its form.
PLAIN = [
    "belongs_to",
    "name",
    "definition",
    "clause",
    "direction",
    "unit",
    "is_ratio",
    "period_kind",
    "level",
    "adding_up",
    "evidence",
    "force",
    "usual_value",
    "usual_until",
    "measure",
    "reported_by",
    "entered_above",
    "above_label",
    "below_label",
    "denominator",
    "attention_percent",
    "late_percent",
    "order",
    "is_active",
]


class IndicatorForm(PlainForm):
    """One indicator. Without a way of counting it is reported."""

    belongs_to = forms.ModelChoiceField(
        label="指标组", queryset=IndicatorSet.objects.all(), required=False, empty_label="不分组"
    )
    name = forms.CharField(label="名称", max_length=80)
    definition = forms.CharField(
        label="含义",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="怎样算，算什么。",
    )
    clause = forms.CharField(label="依据", max_length=200, required=False, help_text="文件名称和条款。")
    level = forms.ChoiceField(label="考察层级")
    period_kind = forms.ChoiceField(label="周期", choices=Indicator.PeriodKind.choices)
    direction = forms.ChoiceField(label="方向", choices=Indicator.Direction.choices)
    unit = forms.CharField(label="计量单位", max_length=10, help_text="次、所、人；比率填%。")
    is_ratio = forms.BooleanField(label="是比率（分子除以分母）", required=False)
    measure = forms.ChoiceField(label="怎样得到", required=False)
    kinds = forms.ModelMultipleChoiceField(
        label="只算这些活动类型", queryset=ActivityKind.objects.all(), required=False, help_text="都不选就全部计算。"
    )
    batch = forms.ModelChoiceField(label="只算这一批", queryset=Batch.objects.all(), required=False, empty_label="不限")
    kind = forms.ModelChoiceField(
        label="只算这种成果",
        queryset=OutputKind.objects.all(),
        required=False,
        empty_label="不限",
        to_field_name="code",
    )
    denominator = forms.ChoiceField(label="分母的计算方法（比率）", required=False)
    below_kinds = forms.ModelMultipleChoiceField(
        label="分母只算这些活动类型", queryset=ActivityKind.objects.all(), required=False
    )
    below_batch = forms.ModelChoiceField(
        label="分母只算这一批", queryset=Batch.objects.all(), required=False, empty_label="不限"
    )
    reported_by = forms.ChoiceField(
        label="由哪一级填报",
        required=False,
        choices=[("", "不填报"), *UnitKind.choices],
        help_text="只用于单位填报的指标。",
    )
    entered_above = forms.BooleanField(label="所在地区可以代填", required=False)
    above_label = forms.CharField(label="分子名称（填报的比率）", max_length=40, required=False)
    below_label = forms.CharField(label="分母名称（填报的比率）", max_length=40, required=False)
    adding_up = forms.ChoiceField(label="汇总方式", choices=Indicator.AddingUp.choices)
    evidence = forms.CharField(label="佐证要求", max_length=200, required=False)
    force = forms.ChoiceField(label="通常约束力", choices=Force.choices)
    usual_value = forms.DecimalField(label="通常目标值", max_digits=12, decimal_places=2, min_value=0, required=False)
    usual_until = day_field("通常完成期限", required=False)
    attention_percent = forms.IntegerField(label="低于应达进度百分之几为需关注", min_value=0, max_value=100, initial=90)
    late_percent = forms.IntegerField(label="低于应达进度百分之几为滞后", min_value=0, max_value=100, initial=60)
    order = forms.IntegerField(label="排列顺序", min_value=0, max_value=9999, initial=100)
    is_active = forms.BooleanField(label="在用", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        offered = [(one.name, _labelled(one)) for level in _kinds_of_thing() for one in measures(level)]
        fields["level"].choices = [("", "请选择"), *((one.name, one.label) for one in levels())]
        fields["measure"].choices = [("", "由单位填报"), *offered]
        fields["denominator"].choices = [("", "无"), *offered]
        for name in ("kinds", "batch", "kind"):
            used_only(fields[name], "measure", _taking(name))
        used_only(fields["denominator"], "measure is_ratio", f"{' '.join(name for name, _ in offered)}|on")
        for name in ("kinds", "batch"):
            used_only(fields[f"below_{name}"], "denominator is_ratio", f"{_taking(name)}|on")
        for name in ("reported_by", "entered_above"):
            used_only(fields[name], "measure", "")
        for name in ("above_label", "below_label"):
            used_only(fields[name], "measure is_ratio", "|on")

    def values(self) -> dict[str, Any]:
        """As ``save_indicator`` takes them."""
        data = self.cleaned_data
        given = {name: data[name] for name in PLAIN}
        parameters: dict[str, Any] = {"kinds": sorted(one.pk for one in data["kinds"])}
        parameters |= {"batch": data["batch"].pk if data["batch"] else None}
        parameters |= {"kind": data["kind"].code if data["kind"] else None}
        below: dict[str, Any] = {"kinds": sorted(one.pk for one in data["below_kinds"])}
        below |= {"batch": data["below_batch"].pk if data["below_batch"] else None}
        return given | {"parameters": parameters, "denominator_parameters": below}


def indicator_initial(one: Indicator) -> dict[str, Any]:
    """A stored indicator as its form shows it."""
    given = {name: getattr(one, name) for name in PLAIN}
    below = one.denominator_parameters
    given |= {name: one.parameters.get(name) for name in ("kinds", "batch", "kind")}
    return given | {"below_kinds": below.get("kinds"), "below_batch": below.get("batch")}


class SetForm(PlainForm):
    """A set of indicators."""

    name = forms.CharField(label="名称", max_length=60)
    source = forms.CharField(label="依据文件", max_length=200, required=False)
    order = forms.IntegerField(label="排列顺序", min_value=0, max_value=9999, initial=10)
    is_active = forms.BooleanField(label="在用", required=False, initial=True)


class RuleForm(PlainForm):
    """A rule for reported figures."""

    kind = forms.ChoiceField(label="校验内容", choices=ValueRule.Kind.choices)
    low = forms.DecimalField(label="不小于", required=False, max_digits=14, decimal_places=2)
    high = forms.DecimalField(label="不大于", required=False, max_digits=14, decimal_places=2)
    other = forms.ModelChoiceField(
        label="不大于哪一项指标", required=False, queryset=Indicator.objects.none(), empty_label="本指标的分母"
    )
    percent = forms.IntegerField(label="与上期相差超过百分之几", required=False, min_value=1, max_value=100_000)
    effect = forms.ChoiceField(label="不符合时", choices=ValueRule.Effect.choices, initial=ValueRule.Effect.REASON)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        alike = Indicator.objects.filter(
            measure="", reported_by=indicator.reported_by, period_kind=indicator.period_kind
        )
        fields["other"].queryset = alike.exclude(pk=indicator.pk)


def _taking(parameter: str) -> str:
    """The measures that this narrows."""
    return " ".join(measure for measure, takes in TAKES.items() if parameter in takes)


def _kinds_of_thing() -> list[str]:
    return list(dict.fromkeys(level.of for level in levels()))


def _labelled(measure: Measure) -> str:
    """A measure among others: for what it counts, if not for units."""
    level = level_called(measure.of)
    return f"自动计算：{measure.label}（{level.label}）" if level else f"自动计算：{measure.label}"
