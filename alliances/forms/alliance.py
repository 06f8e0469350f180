"""Forms of the alliance's picture: which figure and period, and what the office keeps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from alliances.picture import wrongly_drawn
from alliances.queries.alliance import first_day
from portal.accounts.forms.base import NarrowingForm, PlainForm, UnitField
from portal.accounts.queries.unit import units
from portal.accounts.roles import UnitKind
from portal.measures import Measure, measure_called, measures
from portal.periods import Period, parse_period, periods_between, term_of


class PictureForm(NarrowingForm):
    """Which figure, for which period. What is not said, or cannot be, means the first figure and this term."""

    figure = forms.ChoiceField(label="数字", required=False)
    period = forms.ChoiceField(label="时段", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.usual = term_of(today)
        figures = [(measure.name, f"{measure.label}（{measure.unit}）") for measure in measures()]
        periods = [
            (name, [(period.key, period.label) for period in group])
            for name, group in periods_between(first_day(), today)
        ]
        self.fields["figure"].choices = figures  # type: ignore[attr-defined]
        self.fields["period"].choices = periods  # type: ignore[attr-defined]
        self.initial = {"figure": figures[0][0], "period": self.usual.key}
        if self.is_bound:
            self.data = {**self.initial, **{name: value for name, value in self.data.items() if value}}

    def measure(self) -> Measure:
        """The figure that was chosen."""
        return measure_called(self.narrowing().get("figure", "")) or measures()[0]

    def chosen_period(self) -> Period:
        """The period that was chosen."""
        return parse_period(self.narrowing().get("period", "")) or self.usual


class AllianceForm(PlainForm):
    """The alliance as the office enters it."""

    name = forms.CharField(label="联盟名称", max_length=100)
    lead = UnitField(label="牵头高校", required=False)
    lead_consolidates = forms.BooleanField(
        label="牵头高校可为全联盟汇总",
        required=False,
        help_text="勾选后，其他联盟高校的来稿先到牵头高校，由它汇总转报；牵头高校没有信息员时直接报省。",
    )
    arrangement = forms.CharField(
        label="地图排列",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="一行写地图上的一排，从北到南；设区市名称之间空一格，空着的位置写“·”。没有写到的设区市排在最后。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = units().filter(kind=UnitKind.UNIVERSITY)  # type: ignore[attr-defined]

    def clean_arrangement(self) -> str:
        drawn: str = self.cleaned_data["arrangement"]
        prefectures = units().filter(kind=UnitKind.PREFECTURE).values_list("name", flat=True)
        if wrong := wrongly_drawn(drawn, prefectures):
            raise forms.ValidationError(wrong)
        return drawn

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("lead_consolidates") and not cleaned.get("lead"):
            self.add_error("lead", "请先选择牵头高校，再让它为全联盟汇总。")
        return cleaned
