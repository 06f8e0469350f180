"""The filters of 采用台账, kept in the address."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from bulletins.ledger import FIGURES
from bulletins.queries.ledger import NO_AREA, Narrowing, days_of_ledger
from bulletins.queries.ledger_lines import GROUPS, OUTSIDE_AREAS, SORTS
from portal.accounts.forms.base import day_field
from portal.accounts.queries.unit_tree import UnitTree
from portal.accounts.roles import UnitKind
from portal.periods import Period, parse_period, periods_between, school_year_of, span


def _select(label: str, choices: Any = ()) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=forms.Select(attrs={"class": "form-select"})
    )


class PeriodForm(forms.Form):
    """A period by name, or by its days. What names no period means the school year of the latest report."""

    period = forms.CharField(label="时段", required=False, widget=forms.Select(attrs={"class": "form-select"}))
    since = day_field("或自", required=False)
    until = day_field("至", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        self.first, last = days_of_ledger() or (self.today, self.today)
        self.usual = school_year_of(last)
        offered = [
            (name, [(period.key, period.label) for period in periods])
            for name, periods in periods_between(self.first, self.today)
        ]
        asked = parse_period(str(self.data.get("period", "")))
        known = {key for _, group in offered for key, _ in group}
        if asked and asked.key not in known:
            offered.insert(0, ("所选", [(asked.key, asked.label)]))
        self.fields["period"].widget.choices = offered
        self._take_for_granted("period", self.usual.key)

    def _take_for_granted(self, name: str, value: str) -> None:
        """Show what holds where the address does not say."""
        self.fields[name].initial = value
        if self.is_bound and not self.data.get(name):
            kept: Any = self.data
            self.data = kept.copy()
            self.data[name] = value  # type: ignore[index]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "截止日期早于开始日期，请核对。")
        return cleaned

    def chosen_period(self) -> Period:
        """Days win over a name; an open end reaches to the first report or to today."""
        cleaned = self.cleaned_data if self.is_bound and self.is_valid() else {}
        since: date | None = cleaned.get("since")
        until: date | None = cleaned.get("until")
        if since is not None:
            return span(since, until or max(self.today, since))
        if until is not None:
            return span(min(self.first, until), until)
        return parse_period(cleaned.get("period") or "") or self.usual


class LedgerForm(PeriodForm):
    """Which reports, gathered how. A wrong value narrows nothing."""

    by = _select("汇总方式", GROUPS.items())
    kind = _select("单位类别", [("", "全部类别"), *UnitKind.choices])
    area = _select("设区市")
    sort = _select("排列", SORTS.items())
    silent = forms.BooleanField(
        label="列出没有报送的单位", required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
    )
    unit = forms.IntegerField(required=False, widget=forms.HiddenInput)
    figure = forms.ChoiceField(choices=[("", "")], required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, tree: UnitTree, by: str = "unit", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._take_for_granted("by", by)
        prefectures = [pk for pk, unit in tree.units.items() if unit.kind == UnitKind.PREFECTURE]
        areas = [(str(pk), tree.units[pk].name) for pk in sorted(prefectures, key=tree.official_place)]
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", "全部"),
            *areas,
            (str(NO_AREA), OUTSIDE_AREAS),
        ]
        self.fields["figure"].choices = [("", ""), *((key, one.label) for key, one in FIGURES.items())]  # type: ignore[attr-defined]

    def value(self, name: str) -> Any:
        """What was chosen, if it is something to choose."""
        if not self.is_bound:
            return None
        self.is_valid()
        return self.cleaned_data.get(name)

    def narrowing(self) -> Narrowing:
        area = self.value("area")
        return Narrowing(
            period=self.chosen_period(),
            kind=self.value("kind") or "",
            area=int(area) if area else None,
            unit=self.value("unit"),
            figure=self.value("figure") or "",
        )
