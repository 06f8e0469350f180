"""The form by which the office closes a period or corrects what is closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from pilots.queries.reported import periods_over
from portal.accounts.forms.base import PlainForm
from portal.periods import parse_period


class ClosingForm(PlainForm):
    """Which period, and why if it is a correction."""

    period = forms.ChoiceField(label="学期、学年或年份")
    reason = forms.CharField(
        label="更正的理由", required=False, max_length=300, help_text="已封存过的，写明理由后另存为新的一版。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        over = periods_over(timezone.localdate())
        fields["period"].choices = [("", "请选择"), *((one.key, one.label) for one in over)]

    def chosen(self) -> dict[str, Any]:
        """As ``close_figures`` takes them."""
        period = parse_period(self.cleaned_data["period"])
        return {"period": period, "reason": self.cleaned_data["reason"]}
