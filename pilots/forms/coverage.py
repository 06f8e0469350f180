"""The filters above the coverage of rural central schools."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.forms.counted import CountedForm
from portal.accounts.models import Unit
from portal.accounts.queries.unit import units
from portal.accounts.roles import UnitKind
from portal.periods import school_year_of

YEARS_OFFERED = 4


class CoverageFilter(CountedForm):
    """School year (this one if none is chosen) and prefecture."""

    year = forms.ChoiceField(label="学年", required=False)
    area = forms.ModelChoiceField(label="设区市", required=False, queryset=Unit.objects.none(), empty_label="全部")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [school_year_of(timezone.localdate())]
        while len(years) < YEARS_OFFERED:
            years.append(school_year_of(years[-1].start - timedelta(days=1)))
        self.fields["year"].choices = [("", "本学年"), *((year.key, year.label) for year in years[1:])]  # type: ignore[attr-defined]
        self.fields["area"].queryset = units().filter(kind=UnitKind.PREFECTURE)  # type: ignore[attr-defined]
