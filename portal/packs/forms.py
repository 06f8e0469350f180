"""Whose 年终材料, and of which year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.models import Unit, User
from portal.accounts.roles import UNIT_ROLES, UnitKind
from portal.packs.queries import units_to_pack, usual_year, years
from portal.periods import Period, parse_period

#: More units than this nobody finds in a list.
MOST_OFFERED = 200


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
        units = units_to_pack(user)
        self._usual_unit: Unit = next(iter(user.units_as(*UNIT_ROLES)), None) or units[0]
        self._usual_period = usual_year(timezone.localdate())
        usual = {"unit": str(self._usual_unit.pk), "period": self._usual_period.key}
        super().__init__({name: data.get(name) or value for name, value in usual.items()})
        fields: Any = self.fields
        for field in fields.values():
            field.widget.attrs["class"] = "form-select"
        fields["unit"].queryset = units
        fields["unit"].choices = _offered(units, self.data["unit"])
        if len(fields["unit"].choices) < units.count():
            fields["unit"].help_text = "学校较多，没有列出：请打开学校的单位页面，点“年终材料”。"
        fields["period"].choices = [
            (name, [(period.key, period.label) for period in some]) for name, some in _with(self._usual_period)
        ]

    def chosen_unit(self) -> Unit:
        self.is_valid()
        unit: Unit = self.cleaned_data.get("unit") or self._usual_unit
        return unit

    def chosen_period(self) -> Period:
        self.is_valid()
        return parse_period(self.cleaned_data.get("period", "")) or self._usual_period


def _offered(units: QuerySet[Unit], chosen: str) -> list[tuple[int, str]]:
    """All units, or, where that is more than one can look through, those that are no schools, and the one chosen."""
    rows = units
    if units.count() > MOST_OFFERED:
        pk = int(chosen) if chosen.isascii() and chosen.isdecimal() else 0
        rows = units.filter(~Q(kind=UnitKind.SCHOOL) | Q(pk=pk))
    return [(unit.pk, unit.name) for unit in rows]


def _with(usual: Period) -> list[tuple[str, list[Period]]]:
    """The years to choose from, the usual one among them even before anything took place in it."""
    return [
        (name, some if usual in some or len(usual.key) != len(some[0].key) else [*some, usual])
        for name, some in years()
        if some
    ]
