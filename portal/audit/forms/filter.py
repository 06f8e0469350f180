"""The filters above the list of audit rows, kept in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType


def _search() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control", "type": "search"})


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"class": "form-control", "type": "date"})


class KindField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A kind of thing, by the name people know it under."""

    def label_from_instance(self, obj: Any) -> str:
        model = obj.model_class()
        return str(model._meta.verbose_name) if model else str(obj.model)


class AuditFilter(forms.Form):
    """Who, what, which act, from when to when."""

    person = forms.CharField(label="操作人", required=False, widget=_search())
    kind = KindField(
        label="对象类别",
        required=False,
        queryset=ContentType.objects.none(),
        empty_label="全部对象",
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    thing = forms.CharField(label="对象名称", required=False, widget=_search())
    act = forms.CharField(label="操作", required=False, widget=_search())
    since = forms.DateField(label="起", required=False, widget=_day())
    until = forms.DateField(label="止", required=False, widget=_day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours = ("accounts", "alliances", "pilots", "bulletins", "files")
        kinds = ContentType.objects.filter(app_label__in=ours).order_by("app_label", "model")
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
