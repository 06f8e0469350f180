"""Forms of reported figures: the office corrects what is closed, and supplies what is missing there."""

from __future__ import annotations

from typing import Any

from django import forms

from pilots.models import ReportedValue
from pilots.pace import plain
from portal.accounts.forms.base import PlainForm


class CorrectionForm(PlainForm):
    """The numbers of one figure and why they are corrected, or supplied so late where nothing stands yet."""

    number = forms.DecimalField(label="数值", max_digits=14, decimal_places=2)
    below = forms.DecimalField(label="分母", max_digits=14, decimal_places=2, required=False)
    reason = forms.CharField(label="更正理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, value: ReportedValue, **kwargs: Any) -> None:
        initial = {"version": value.version, "number": value.number and plain(value.number)}
        initial["below"] = value.below and plain(value.below)
        super().__init__(*args, initial=initial, **kwargs)
        indicator, fields = value.indicator, self.fields
        if value.pk is None:
            fields["reason"].label = "补填理由"
            fields["reason"].error_messages["required"] = "请填写补填理由。"
        if indicator.is_ratio:
            fields["number"].label = indicator.above_label or "分子"
            fields["below"].label, fields["below"].required = indicator.below_label or "分母", True
        else:
            del fields["below"]
