"""Forms of activities: the list's filters, the few fields that a phone asks, links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from pilots.models import Activity, ActivityKind, Batch
from pilots.queries.activity import activity_kinds, batches, lookups
from pilots.services.activity import Facts
from pilots.services.activity_row import Row, row_of, understand
from pilots.states.activity import ActivityState
from portal.accounts.forms.base import NarrowingForm, PlainForm, UnitField, search_field
from portal.accounts.models import Unit
from portal.accounts.queries.unit import areas, units
from portal.periods import Period, parse_period, periods_between
from portal.text.official import official_date

#: What the form asks in the words of a row (``services.activity_row``).
CELLS = ("kind", "date", "sessions", "place", "partners", "people")
CLOSED = "贵单位已停用，不能再登记活动。如有疑问，请联系省协同提质办。"


class KindsSelect(forms.SelectMultiple):
    """One kind or all to a person; several stay chosen where a figure's address brought them."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [pk for pk in super().value_from_datadict(data, files, name) or () if pk]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if len(value or ()) < 2:
            context["widget"]["attrs"].pop("multiple")
            everything = self.create_option(name, "", "全部类型", not value, 0)
            context["widget"]["optgroups"].insert(0, (None, [everything], 0))
        return context


class PeriodForm(NarrowingForm):
    """What lists of things done in a time are narrowed by; a figure elsewhere opens them with its period."""

    period = forms.ChoiceField(label="时段", required=False)

    def __init__(self, *args: Any, first: date, last: date, unasked: str, **kwargs: Any) -> None:
        """Periods with a day from ``first`` to ``last`` or today are offered; ``unasked`` names what is shown else."""
        super().__init__(*args, **kwargs)
        offered = _periods(first, max(last, timezone.localdate()), str(self.data.get("period", "")))
        self.fields["period"].choices = [("", unasked), *offered]  # type: ignore[attr-defined]

    def narrowing(self) -> dict[str, Any]:
        given = super().narrowing()
        if "period" in given:
            given["period"] = parse_period(given["period"])
        return given

    @property
    def chosen_period(self) -> Period | None:
        return self.narrowing().get("period")


class PeriodAndKindsForm(PeriodForm):
    """What lists of activities are narrowed by; a figure may ask for several ``kind``."""

    kind = forms.ModelMultipleChoiceField(
        label="类型",
        required=False,
        queryset=ActivityKind.objects.none(),
        widget=KindsSelect(attrs={"size": 1}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = activity_kinds()  # type: ignore[attr-defined]

    def narrowing(self) -> dict[str, Any]:
        given = super().narrowing()
        if "kind" in given:
            given["kinds"] = [kind.pk for kind in given.pop("kind")]
        return given


class ActivityFilterForm(PeriodAndKindsForm):
    """Filters of the list and the calendar. A figure elsewhere opens the list also with ``within``."""

    unit = search_field("单位名称")
    within = UnitField(label="地区", required=False)
    batch = forms.ModelChoiceField(label="五个一批", required=False, queryset=Batch.objects.none(), empty_label="不限")
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "计数的"), ("all", "全部"), *ActivityState.choices]
    )

    def __init__(self, *args: Any, days: tuple[date, date] | None, **kwargs: Any) -> None:
        today = timezone.localdate()
        first, last = days or (today, today)
        super().__init__(*args, first=first, last=last, unasked="全部时段", **kwargs)
        fields: Any = self.fields
        fields["batch"].queryset = batches()
        within = areas()
        if str(self.data.get("within", "")).isdecimal():
            within = within | Unit.objects.filter(pk=int(str(self.data["within"])[:18]))  # figures outlive their unit
        fields["within"].queryset = within
        fields["within"].empty_label = "全部地区"


class CommunityPeriodFilter(PeriodForm):
    """Periods of a community ``since`` it was founded."""

    def __init__(self, *args: Any, since: date, **kwargs: Any) -> None:
        super().__init__(*args, first=since, last=since, unasked="本学期", **kwargs)


class CommunityActivityFilter(CommunityPeriodFilter, PeriodAndKindsForm):
    """Filters of a community's activities ``since`` it was founded."""


def _periods(first: date, last: date, key: str) -> list[Any]:
    """Periods to choose from for these days, by kind; what the address asks for besides comes first."""
    offered: list[Any] = [
        (name, [(one.key, one.label) for one in group]) for name, group in periods_between(first, last)
    ]
    asked = parse_period(key)
    if asked is not None and asked.key not in {key for _, group in offered for key, _ in group}:
        offered.insert(0, (asked.key, asked.label))
    return offered


class ActivityForm(PlainForm):
    """One activity: kind and day are all that must be filled in. People write days and numbers as they speak."""

    unit = UnitField(label="登记单位")
    kind = forms.ChoiceField(label="类型")
    date = forms.CharField(
        label="日期", max_length=60, help_text="如“11月14日”“10月28日至31日”“11月1日和8日”“11月上旬”。"
    )
    about = forms.CharField(
        label="内容（可不填）", required=False, max_length=200, help_text="一句话，如“五年级数学同课异构”。"
    )
    partners = forms.CharField(
        label="一起开展的单位（可不填）",
        required=False,
        max_length=500,
        help_text="单位名称用“、”隔开；写明后对方会看到，不必重复登记。",
        widget=forms.TextInput(attrs={"list": "unit-names", "autocomplete": "off"}),
    )
    people = forms.CharField(
        label="人数（可不填）", required=False, max_length=300, help_text="如“师范生38人；教师72人次；共计200余人”。"
    )
    sessions = forms.CharField(
        label="场次（可不填）",
        required=False,
        max_length=10,
        help_text="不填按1次计；分几天开展的按天数计。",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    place = forms.CharField(label="地点（可不填）", required=False, max_length=200)
    batches = forms.MultipleChoiceField(
        label="属于五个一批中的（可不选）",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, own: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        own = list(own)
        self.lookups = lookups()
        fields["kind"].choices = [("", "请选择"), *((str(pk), kind.name) for pk, kind in self.lookups.kinds.items())]
        fields["batches"].choices = [(str(pk), batch.name) for pk, batch in self.lookups.batches.items()]
        fields["unit"].queryset = units().filter(pk__in=[unit.pk for unit in own])
        if own and not any(unit.is_active for unit in own):
            fields["unit"].error_messages |= dict.fromkeys(("required", "invalid_choice"), CLOSED)
        if len(own) == 1:
            fields["unit"].initial = own[0]
            fields["unit"].widget = forms.HiddenInput()
        self.facts = Facts()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed = {name: str(cleaned.get(name) or "") for name in CELLS}
        row = Row.from_json({"key": "form", "batches": cleaned.get("batches") or ()} | typed)
        understood = understand(row, self.lookups, today=timezone.localdate())
        for name, sentence in understood.errors.items():
            if name not in self.errors:
                self.add_error(name, ValidationError(sentence))
        self.facts = replace(understood.facts, about=str(cleaned.get("about") or "").strip())
        return cleaned


def activity_initial(activity: Activity) -> dict[str, Any]:
    """A stored activity as its form shows it; give it with its facts loaded."""
    row = row_of(activity)
    cells = {name: getattr(row, name) for name in CELLS}
    return cells | {"unit": activity.unit_id, "about": activity.about, "batches": list(row.batches)}


def blank_initial() -> dict[str, Any]:
    """A new one: most are entered on the day."""
    return {"date": official_date(timezone.localdate())}
