"""Forms of needs: ordering (quick on a phone), taking and settling, narrowing the list."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.models import Need, NeedKind, Partnership
from alliances.queries.need import STILL_OPEN, kinds_of_need, pairs_of_units
from alliances.rules.need import ordering_units, universities_of
from alliances.services.need import LONGEST_DETAILS, Wanted
from alliances.states.need import NeedState
from portal.accounts.forms.base import NarrowingForm, PlainForm, UnitField, day_field, search_field
from portal.accounts.models import Unit, User

URGENCIES = [(str(value), label) for value, label in Need.Urgency.choices]


class PairField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A choice of pairs, each called by its university."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.university)


class NeedForm(PlainForm):
    """An order. Which unit and which university are asked only where there is more than one."""

    unit = UnitField(label="提出单位")
    kind = forms.ModelChoiceField(
        label="类型", queryset=NeedKind.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    what = forms.CharField(label="需要什么", max_length=100, help_text="一句话，例如：请一位老师来上七年级数学示范课。")
    subject = forms.CharField(label="学科", max_length=30, required=False)
    stage = forms.ChoiceField(label="学段", required=False, choices=[("", "不限"), *Need.Stage.choices])
    wanted_by = day_field("希望最迟时间", required=False, help_text="不急可以不填。")
    urgency = forms.ChoiceField(label="紧急程度", choices=URGENCIES, widget=forms.RadioSelect, initial="1")
    partnership = PairField(label="向哪所高校提出", queryset=Partnership.objects.none(), empty_label="请选择")
    details = forms.CharField(
        label="具体要求",
        required=False,
        max_length=LONGEST_DETAILS,
        help_text="年级、人数、场地条件等，方便对方准备；可以不填。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, user: User, need: Need | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units: list[Unit] = [need.unit] if need else ordering_units(user)
        pairs = pairs_of_units(self._units)
        self._choose("unit", Unit.objects.filter(pk__in=[unit.pk for unit in self._units]), asked=len(self._units) > 1)
        self._choose("partnership", pairs, asked=need is None and len(pairs) > 1)
        self._choose("kind", kinds_of_need(need), asked=True)
        for name in ("kind", "urgency"):
            self.fields[name].widget.attrs["class"] = "form-selectgroup-input"
        if len(self._units) > 1 and "partnership" in self.fields:
            self.fields["partnership"].required = False

    def _choose(self, name: str, rows: Any, *, asked: bool) -> None:
        if asked:
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def asking_unit(self) -> Unit:
        """For which unit; call it on a valid form."""
        return self.cleaned_data.get("unit") or self._units[0]

    def wanted(self) -> Wanted:
        """What is ordered; call it on a valid form."""
        given = self.cleaned_data
        names = ("kind", "what", "details", "subject", "stage", "wanted_by")
        return Wanted(**{name: given[name] for name in names}, urgency=int(given["urgency"]))


class PlanForm(PlainForm):
    """Who comes, and when; day, hour and place as both sides have settled them."""

    unit = UnitField(label="认领高校")
    visitors = forms.CharField(
        label="由谁来", max_length=100, help_text="写单位和职务，例如：数学与统计学院教授1人、研究生2人。"
    )
    planned_on = day_field("日期")
    arrangement = forms.CharField(
        label="时间和地点", max_length=200, help_text="例如：上午9时，七年级（2）班教室。", required=False
    )

    def __init__(self, *args: Any, claimed_by: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._universities: list[Unit] = universities_of(claimed_by) if claimed_by else []
        if len(self._universities) > 1:
            self.fields["unit"].queryset = Unit.objects.filter(  # type: ignore[attr-defined]
                pk__in=[unit.pk for unit in self._universities]
            )
        else:
            del self.fields["unit"]
        if claimed_by is None:
            self.fields["arrangement"].required = True

    def plan(self) -> dict[str, Any]:
        """What the service takes."""
        given = dict(self.cleaned_data)
        if self._universities:
            given["unit"] = given.get("unit") or self._universities[0]
        return given


class NeedFilterForm(NarrowingForm):
    """Filters of the list."""

    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部状态"), (STILL_OPEN, "未办结"), *NeedState.choices]
    )
    kind = forms.ModelChoiceField(
        label="类型", required=False, queryset=NeedKind.objects.none(), empty_label="全部类型"
    )
    stage = forms.ChoiceField(label="学段", required=False, choices=[("", "全部学段"), *Need.Stage.choices])
    urgency = forms.ChoiceField(label="紧急程度", required=False, choices=[("", "全部"), *URGENCIES])
    text = search_field("内容或单位")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = NeedKind.objects.all()  # type: ignore[attr-defined]
