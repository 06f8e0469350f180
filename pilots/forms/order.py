"""Forms that tell which activity a need became."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.models import Need
from pilots.models import Activity, ActivityKind
from pilots.queries.activity import activity_kinds
from pilots.queries.order import activities_for_need, likely_kind
from portal.accounts.forms.base import PlainForm, day_field
from portal.text.official import official_date

#: A list longer than this is no choice any more.
MOST_OFFERED = 30


class ActivityField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A choice of activities, each by its day, kind and who recorded it."""

    def label_from_instance(self, obj: Any) -> str:
        place = f"，{obj.place}" if obj.place else ""
        return f"{official_date(obj.start)} {obj.kind}{place}（{obj.unit.label}登记）"


class PresentActivityForm(PlainForm):
    """One of the activities that either side has recorded."""

    activity = ActivityField(label="已登记的活动", queryset=Activity.objects.none(), empty_label="请选择")

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = activities_for_need(need)
        shown = list(rows.values_list("pk", flat=True)[:MOST_OFFERED])
        self.has_choice = bool(shown)
        self.fields["activity"].queryset = rows.filter(pk__in=shown)  # type: ignore[attr-defined]


class NewActivityForm(PlainForm):
    """What took place, with what was settled filled in."""

    kind = forms.ModelChoiceField(label="活动类型", queryset=ActivityKind.objects.none(), empty_label="请选择")
    held_on = day_field("活动日期")
    place = forms.CharField(label="地点", max_length=200, required=False)

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"kind": likely_kind(need), "held_on": need.planned_on, "place": need.unit.label})
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = activity_kinds()  # type: ignore[attr-defined]
