"""Forms of 查找: what is looked for and how it is narrowed, and keeping a search under a name."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.accounts.forms.base import day_field
from portal.accounts.models import User
from portal.search.keys import Period
from portal.search.registry import Filters, filters, sources
from portal.text.wanted import LONGEST_QUERY


class SearchForm(forms.Form):
    """All of it is kept in the address. A wrong value of a filter narrows nothing and is told beside it."""

    q = forms.CharField(
        label="查找",
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "class": "form-control", "maxlength": LONGEST_QUERY, "autocomplete": "off"}
        ),
        max_length=LONGEST_QUERY,
        error_messages={"max_length": f"查找的文字请不超过{LONGEST_QUERY}字，取其中几个关键词即可。"},
    )
    kind = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    since = day_field("自", required=False)
    until = day_field("至", required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [("", ""), *((source.name, source.label) for source in sources())]  # type: ignore[attr-defined]
        for filter_ in filters():
            self.fields[filter_.name] = forms.ChoiceField(
                label=filter_.label,
                required=False,
                choices=[("", filter_.empty_label), *filter_.choices(user)],
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"invalid_choice": "没有这个选项，请重新选择。"},
            )
        self.is_valid()

    def value(self, name: str) -> Any:
        """The value of a field, empty where it was wrong."""
        return self.cleaned_data.get(name) or ""

    @property
    def period(self) -> Period:
        return Period(self.value("since") or None, self.value("until") or None)

    @property
    def filters(self) -> Filters:
        """The filters that apps registered, without empty ones."""
        return {filter_.name: value for filter_ in filters() if (value := self.value(filter_.name))}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filters or self.period.since or self.period.until)

    @property
    def narrowing_fields(self) -> list[forms.BoundField]:
        """Fields beside the words and the kind, in the order of the page."""
        names = ["since", "until", *(filter_.name for filter_ in filters())]
        return [self[name] for name in names]


class SaveForm(forms.Form):
    """A name for the search in the address."""

    name = forms.CharField(
        label="名称",
        max_length=30,
        widget=forms.TextInput(attrs={"class": "form-control form-control-sm", "placeholder": "起个名称"}),
        error_messages={
            "required": "请给这次查找起个名称。",
            "max_length": "名称请不超过30字。",
        },
    )
    query = forms.CharField(
        max_length=1500,
        widget=forms.HiddenInput,
        error_messages={
            "required": "请先输入要查找的文字或选择条件。",
            "max_length": "查找条件过长，请减少一些再保存。",
        },
    )
