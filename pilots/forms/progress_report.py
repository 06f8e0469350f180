"""Forms of 学期确认单: the unit's words, filters of the list, exceptions, opening, rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q

from pilots.models import ReportingCadence, ReportingPeriod
from pilots.models.progress import WORDS
from pilots.queries.reporting import cadences, periods_for, spans_of
from pilots.services.progress_report import LONGEST_WORDS
from pilots.services.reporting import LEVELS
from pilots.states.progress import ProgressState
from portal.accounts.forms.base import NarrowingForm, PlainForm, UnitField, day_field, search_field
from portal.accounts.models import Unit, User
from portal.accounts.queries.post import posts_on
from portal.accounts.queries.unit import areas, official_order, units
from portal.accounts.requests import whole_number
from portal.accounts.roles import UNIT_ROLES, UnitKind
from portal.periods import Period
from portal.text.official import official_date

LOOKS = [
    ("", "全部"),
    ("mine", "待我审核"),
    ("odd", "有缺少或异常"),
    ("clean", "无异常"),
    ("late", "逾期"),
    ("lone", "一人审核"),
]
KINDS = [(value, label) for value, label in UnitKind.choices if value != UnitKind.PROVINCE_OFFICE]


def _words(name: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=f"{WORDS[name]}（可不填）", required=False, max_length=LONGEST_WORDS, widget=widget)


class WordsForm(PlainForm):
    """What the unit adds; ``version`` is what the page had shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcomes = _words("outcomes")
    difficulties = _words("difficulties")
    next_steps = _words("next_steps")

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in WORDS}


class ReportFilterForm(NarrowingForm):
    """Filters of the list, kept in the address."""

    period: forms.ModelChoiceField[ReportingPeriod] = forms.ModelChoiceField(
        label="填报期", required=False, queryset=ReportingPeriod.objects.none(), empty_label="全部"
    )
    look = forms.ChoiceField(label="看什么", required=False, choices=LOOKS)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *ProgressState.choices])
    kind = forms.ChoiceField(label="单位类别", required=False, choices=[("", "全部类别"), *KINDS])
    area = UnitField(label="地区或单位", required=False)
    text = search_field("单位名称")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].queryset = periods_for(user)  # type: ignore[attr-defined]
        # A figure of one school opens its sheets: the unit of the address stands among the areas.
        asked = whole_number(str(self.data.get("area", "")))
        chosen = units().filter(Q(pk__in=areas().values("pk")) | Q(pk=asked)).order_by(*official_order())
        self.fields["area"].queryset = chosen  # type: ignore[attr-defined]
        self.fields["area"].empty_label = "全部地区"  # type: ignore[attr-defined]


class ExceptionForm(PlainForm):
    """Who of the unit may still change what is locked, why, until when."""

    user: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label="给谁", queryset=User.objects.none(), empty_label="请选择"
    )
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    until = day_field("到哪天为止", help_text="含当天，到期自动停止。")

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = posts_on().filter(unit=unit, role__in=UNIT_ROLES, user__is_active=True)
        self.fields["user"].queryset = User.objects.filter(pk__in=people.values("user"))  # type: ignore[attr-defined]


def _days(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=366)


class OpenForm(PlainForm):
    """Which span is opened by which cadence, and on what days; days left empty follow from the cadence."""

    span = forms.ChoiceField(label="填报期")
    due = day_field("截止日期", required=False, help_text="不填则按填报周期的设置。")
    locks_on = day_field("锁定日期", required=False, help_text="这一天过后，本期的活动和确认单不能再改。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spans = {
            f"{cadence.pk}:{span.key}": (cadence, span)
            for cadence in cadences().filter(rules__reports=True).distinct()
            for span in spans_of(cadence)
        }
        self.fields["span"].choices = [  # type: ignore[attr-defined]
            (key, f"{span.label}（{cadence}，建议{official_date(_opening(cadence, span))}起开放）")
            for key, (cadence, span) in self._spans.items()
        ]

    def chosen(self) -> tuple[ReportingCadence, Period]:
        """Call it on a valid form."""
        return self._spans[self.cleaned_data["span"]]


def _opening(cadence: ReportingCadence, span: Period) -> date:
    return span.end - timedelta(days=cadence.opens_before)


class DaysForm(PlainForm):
    """Other days for a period that is open."""

    due = day_field("截止日期")
    locks_on = day_field("锁定日期")


class RuleForm(PlainForm):
    """Whether a kind of unit reports, how often, over which levels."""

    reports = forms.BooleanField(label="填报", required=False)
    cadence: forms.ModelChoiceField[ReportingCadence] = forms.ModelChoiceField(
        label="周期", queryset=ReportingCadence.objects.none(), empty_label=None
    )
    reviewed_by = forms.MultipleChoiceField(
        label="省级之前的审核层级",
        required=False,
        choices=[(kind.value, kind.label) for kind in LEVELS],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cadence"].queryset = cadences()  # type: ignore[attr-defined]


class CadenceForm(PlainForm):
    """The days and thresholds of a cadence."""

    opens_before = _days("期末前几天开放填报")
    due_after = _days("期末后几天截止")
    locks_after = _days("期末后几天锁定")
    reminds_before = _days("截止前几天提醒")
    odd_percent = forms.IntegerField(label="与上期相差百分之几算异常", min_value=1, max_value=1000)
    odd_least = forms.IntegerField(label="至少相差多少才算异常", min_value=1, max_value=10_000)
