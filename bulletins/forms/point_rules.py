"""A new version of the point rules: the day it begins and a few rows of values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from bulletins.models import PointRule, Section
from bulletins.queries.issue import the_periodical
from bulletins.services.point_rules import TypedRule
from portal.accounts.forms.base import day_field
from portal.accounts.roles import UnitKind

_SELECT = {"class": "form-select"}
#: Rows to fill in; those left empty do not count.
ROWS = 8


class SchemeForm(forms.Form):
    since = day_field("自哪天起", help_text="这天及以后报送的稿件按这套规则计分。")
    note = forms.CharField(
        label="依据", required=False, max_length=200, widget=forms.TextInput(attrs={"class": "form-control"})
    )


class RuleForm(forms.Form):
    """One row; it counts once it has a value."""

    act = forms.ChoiceField(label="事项", choices=PointRule.Act.choices, widget=forms.Select(attrs=_SELECT))
    section: forms.ModelChoiceField[Section] = forms.ModelChoiceField(
        label="栏目", queryset=None, required=False, empty_label="全部栏目", widget=forms.Select(attrs=_SELECT)
    )
    unit_kind = forms.ChoiceField(
        label="单位类别",
        choices=[("", "全部类别"), *UnitKind.choices],
        required=False,
        widget=forms.Select(attrs=_SELECT),
    )
    points = forms.DecimalField(
        label="分值",
        required=False,
        min_value=Decimal(0),
        max_value=Decimal("999.9"),
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput(attrs={"class": "form-control", "step": "0.1", "min": "0"}),
        error_messages={"invalid": "请填数字。", "max_decimal_places": "最多一位小数。", "max_digits": "分值太大。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = the_periodical().sections.all()  # type: ignore[attr-defined]


RuleRows = forms.formset_factory(RuleForm, extra=ROWS, max_num=30, absolute_max=30)


def typed_rules(rows: Any) -> list[TypedRule]:
    """The rows that were filled in."""
    return [
        TypedRule(row["act"], row["points"], row["section"], row["unit_kind"])
        for row in (form.cleaned_data for form in rows)
        if row.get("points") is not None
    ]
