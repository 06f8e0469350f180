"""Forms of a plan and its goals, and the filters of the list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from alliances.models import PLAN_NOUNS, Plan
from alliances.queries.plan import units_to_plan_for
from alliances.services.plan import Goal
from portal.accounts.forms.base import NarrowingForm, PlainForm, UnitField, day_field, search_field
from portal.accounts.models import Unit, User
from portal.periods import Period, school_year_of


def school_years() -> list[Period]:
    """The school years one plans for: the next, this one and the one before."""
    this = school_year_of(timezone.localdate())
    day = timedelta(days=1)
    return [school_year_of(this.end + day), this, school_year_of(this.start - day)]


class PlanForm(PlainForm):
    """The words of a plan; its unit and school year are chosen once."""

    unit = UnitField(label="单位")
    school_year = forms.ChoiceField(label="学年")
    title = forms.CharField(label="名称", max_length=150)
    summary = forms.CharField(
        label="主要内容",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="写要点即可，完整的方案文件保存后作为附件添加。",
    )

    def __init__(self, *args: Any, user: User, plan: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plan is not None:
            del self.fields["unit"], self.fields["school_year"]
            return
        own = [unit.pk for unit in units_to_plan_for(user)]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=own)  # type: ignore[attr-defined]
        years = school_years()
        self.fields["school_year"].choices = [(year.key, year.label) for year in years]  # type: ignore[attr-defined]
        self.fields["school_year"].initial = years[1].key


class GoalForm(PlainForm):
    """One goal; an empty row is no goal."""

    goal = forms.CharField(label="目标", required=False, max_length=200)
    measure = forms.CharField(label="衡量办法", required=False, max_length=200)
    due = day_field("完成时限", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("goal") and (given.get("measure") or given.get("due")):
            self.add_error("goal", "请填写目标。")
        return given


GoalFormSet = forms.formset_factory(GoalForm, extra=3, max_num=40)


def goals_of(formset: Any) -> list[Goal]:
    """What was typed in the rows; call it on a valid formset."""
    return [Goal(**form.cleaned_data) for form in formset if form.cleaned_data.get("goal")]


class PlanFilterForm(NarrowingForm):
    """Filters of the list."""

    school_year = forms.ChoiceField(label="学年", required=False)
    kind = forms.ChoiceField(
        label="种类",
        required=False,
        choices=[("", "全部种类"), *((kind.value, noun) for kind, noun in PLAN_NOUNS.items())],
    )
    text = search_field("单位或内容")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(year.key, year.label) for year in school_years()]
        self.fields["school_year"].choices = [("", "全部学年"), *years]  # type: ignore[attr-defined]
