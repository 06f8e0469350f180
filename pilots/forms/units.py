"""Units typed by name: there are thousands, too many to choose from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.accounts.forms.base import UNREADABLE, split_list
from portal.accounts.models import Unit
from portal.accounts.queries.unit import unit_by_name

_UNREADABLE = {"null_characters_not_allowed": UNREADABLE}


def unit_called(text: str) -> Unit:
    """The one unit in use called ``text``. Raises ValidationError with a sentence for none or several."""
    unit = unit_by_name(text)
    if unit is None:
        raise ValidationError(f"没有找到单位“{text}”，请填写规范的全称或简称。")
    return unit


class UnitNameField(forms.CharField):
    """One unit, typed by any of its names or picked from the page's list."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": "unit-names", "autocomplete": "off"})
        super().__init__(max_length=100, widget=widget, error_messages=dict(_UNREADABLE), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return unit_called(text) if text else None


class UnitNamesField(forms.CharField):
    """Several units, their names with 、 between."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=2000, error_messages=dict(_UNREADABLE), **kwargs)

    def clean(self, value: Any) -> Any:
        found = [unit_called(name) for name in split_list(super().clean(value))]
        return list({unit.pk: unit for unit in found}.values())
