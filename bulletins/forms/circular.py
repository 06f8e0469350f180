"""What a circular needs beside the figures: its period, whom it goes to, its day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from bulletins.forms.ledger import PeriodForm
from bulletins.services.circular import ADDRESSEE
from portal.accounts.forms.base import day_field


class CircularForm(PeriodForm):
    """Sent as part of the address: the same address gives the same circular again."""

    addressee = forms.CharField(
        label="主送单位",
        max_length=200,
        initial=ADDRESSEE,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": "请填写主送单位。"},
    )
    day = day_field("成文日期")
    silent = forms.BooleanField(
        label="列出没有报送的单位", required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = timezone.localdate()
