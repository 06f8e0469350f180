"""Forms of teams of experts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from pilots.forms.order import MOST_OFFERED, ActivityField
from pilots.models import Activity, Batch, ExpertTeam
from pilots.queries.activity import batches
from pilots.queries.expert_team import possible_visits
from pilots.services.expert_team import Expert
from portal.accounts.forms.base import NarrowingForm, PlainForm, day_field, search_field
from portal.accounts.forms.unit_names import UnitNameField


class TeamForm(PlainForm):
    """The team itself."""

    name = forms.CharField(label="名称", max_length=100)
    batch: forms.ModelChoiceField[Batch] = forms.ModelChoiceField(
        label="批次", required=False, queryset=Batch.objects.none(), empty_label="不限于某一批"
    )
    since = day_field("聘期开始")
    until = day_field("聘期结束", required=False, help_text="含当天；没有确定的不填。")
    note = forms.CharField(label="说明", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["batch"].queryset = batches()  # type: ignore[attr-defined]


class ExpertForm(PlainForm):
    """One expert, named by unit and post; an empty row is none."""

    unit = UnitNameField(label="单位", required=False, max_length=100)
    post = forms.CharField(label="职务或职称", required=False, max_length=60)
    field = forms.CharField(label="专长", required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("post") or cleaned.get("field")) and "unit" not in self.errors and not cleaned.get("unit"):
            self.add_error("unit", "请填写专家所在单位。")
        if cleaned.get("unit") and not cleaned.get("post"):
            self.add_error("post", "请填写职务或职称。")
        return cleaned


ExpertFormSet = formset_factory(ExpertForm, extra=3)


def experts_of(rows: BaseFormSet[ExpertForm]) -> list[Expert]:
    """The rows that say something; call it on a valid set."""
    given = [form.cleaned_data for form in rows if form.cleaned_data.get("post")]
    return [Expert(row["unit"], row["post"], row["field"]) for row in given]


class VisitForm(PlainForm):
    """An activity that was a visit."""

    activity = ActivityField(label="已登记的活动", queryset=Activity.objects.none(), empty_label="请选择")

    def __init__(self, *args: Any, team: ExpertTeam, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = possible_visits(team)
        shown = list(rows.values_list("pk", flat=True)[:MOST_OFFERED])
        self.has_choice = bool(shown)
        self.fields["activity"].queryset = rows.filter(pk__in=shown)  # type: ignore[attr-defined]


class TeamFilterForm(NarrowingForm):
    """Filters of the list."""

    batch: forms.ModelChoiceField[Batch] = forms.ModelChoiceField(
        label="批次", required=False, queryset=Batch.objects.none(), empty_label="全部批次"
    )
    text = search_field("名称、单位或专长")
    past = forms.BooleanField(label="包括聘期已满的", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["batch"].queryset = batches()  # type: ignore[attr-defined]
