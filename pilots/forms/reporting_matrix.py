"""Filters of 报送情况."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.accounts.forms.base import NarrowingForm, UnitField
from portal.accounts.queries.unit import official_order, units
from portal.accounts.roles import UnitKind


class MatrixFilterForm(NarrowingForm):
    """As ``matrix_reports`` takes them."""

    kind = forms.ChoiceField(label="单位类别", required=False, choices=[("", "全部"), *UnitKind.choices])
    area = UnitField(label="地区", required=False)
    late = forms.ChoiceField(label="报送", required=False, choices=[("", "全部"), ("yes", "只看逾期的")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        areas = units().filter(kind__in=(UnitKind.PREFECTURE, UnitKind.COUNTY))
        fields["area"].queryset = areas.order_by(*official_order())
        fields["area"].empty_label = "全部地区"
