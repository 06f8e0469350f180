"""Whose 年终材料, and of which year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES
from portal.packs.queries import units_to_pack, usual_year, years
from portal.periods import Period, parse_period


class PackForm(forms.Form):
    """What is not said means one's own unit and the year that ends."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="单位",
        empty_label=None,
        error_messages={"invalid_choice": "请从列表中选择一个单位。"},
    )
    period = forms.ChoiceField(label="年度", error_messages={"invalid_choice": "请从列表中选择一个年份或学年。"})

    def __init__(self, data: Any, *, user: User) -> None:
        self._units = units_to_pack(user)
        own = user.units_as(*UNIT_ROLES)
        usual = usual_year(timezone.localdate())
        given = {"unit": data.get("unit") or (own[0].pk if own else self._units[0].pk), "period": data.get("period")}
        super().__init__({**given, "period": given["period"] or usual.key})
        self._usual_unit, self._usual_period = own[0] if own else self._units[0], usual
        fields: Any = self.fields
        fields["unit"].queryset = self._units
        fields["period"].choices = [
            (name, [(period.key, period.label) for period in some]) for name, some in _with(usual)
        ]

    def chosen_unit(self) -> Unit:
        self.is_valid()
        unit: Unit = self.cleaned_data.get("unit") or self._usual_unit
        return unit

    def chosen_period(self) -> Period:
        self.is_valid()
        return parse_period(self.cleaned_data.get("period", "")) or self._usual_period


def _with(usual: Period) -> list[tuple[str, list[Period]]]:
    """The years to choose from, the usual one among them even before anything took place in it."""
    return [
        (name, some if usual in some or len(usual.key) != len(some[0].key) else [*some, usual])
        for name, some in years()
        if some
    ]
