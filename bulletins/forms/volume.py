"""Which issues a volume binds: those of a year, or of any days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from bulletins.queries.issue import the_periodical
from bulletins.queries.volume import bindable_years
from portal.accounts.forms.base import day_field


class VolumeForm(forms.Form):
    """Days win over the year."""

    year = forms.ChoiceField(label="年份", required=False, widget=forms.Select(attrs={"class": "form-select"}))
    since = day_field("或自", required=False)
    until = day_field("至", required=False, help_text="按报头日期，首尾两天都算。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = bindable_years(the_periodical())
        self.fields["year"].choices = [("", "请选择"), *((str(year), f"{year}年") for year in years)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        since, until, year = cleaned.get("since"), cleaned.get("until"), cleaned.get("year")
        if bool(since) != bool(until):
            self.add_error("until" if since else "since", "请把起止日期都填上。")
        elif since and until and until < since:
            self.add_error("until", "截止日期早于开始日期，请核对。")
        elif not since and not year:
            self.add_error("year", "请选择年份，或填写起止日期。")
        return cleaned

    @property
    def span(self) -> tuple[date, date]:
        """First and last day of a form that is valid."""
        if since := self.cleaned_data.get("since"):
            return since, self.cleaned_data["until"]
        year = int(self.cleaned_data["year"])
        return date(year, 1, 1), date(year, 12, 31)
