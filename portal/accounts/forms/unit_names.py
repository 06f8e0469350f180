"""Units that are typed or pasted by name: there are thousands, too many to choose from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.accounts.forms.base import UNREADABLE, split_list
from portal.accounts.models import Unit
from portal.accounts.queries.unit import unit_by_name
from portal.text.named import named

#: More names than there are counties in the province are a slip.
MOST_NAMES = 300
_UNREADABLE = {"null_characters_not_allowed": UNREADABLE}


class UnitNameField(forms.CharField):
    """One unit by name, short name, alias or code, typed or picked from the page's list; None where nothing is."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": "unit-names", "autocomplete": "off"}))
        kwargs.setdefault("max_length", 100)
        super().__init__(error_messages=_UNREADABLE, **kwargs)

    def clean(self, value: Any) -> Unit | None:
        text = super().clean(value)
        if not text:
            return None
        found = unit_by_name(text)
        if found is None:
            raise ValidationError(f"没有找到“{text[:30]}”，或名称对应多个单位。请填全称。")
        return found


class UnitNamesField(forms.CharField):
    """Several units so named, with 、 or line ends between; gives a list of units, each once."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        kwargs.setdefault("help_text", "填单位名称、简称或别名，用“、”隔开，也可以从表格中整列粘贴。")
        super().__init__(error_messages=_UNREADABLE, **kwargs)

    def clean(self, value: Any) -> list[Unit]:
        names = split_list(super().clean(value))
        if len(names) > MOST_NAMES:
            raise ValidationError(f"一次最多填写{MOST_NAMES}个单位，现有{len(names)}个。")
        found = {name: unit_by_name(name) for name in names}
        if unknown := [name[:30] for name, unit in found.items() if unit is None]:
            raise ValidationError(f"没有找到这些单位，或名称对应多个单位：{named(unknown, 10)}。请填全称。")
        return list({unit.pk: unit for unit in found.values() if unit is not None}.values())
