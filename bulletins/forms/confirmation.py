"""What a unit answers when it is asked about the office's text."""

from __future__ import annotations

from typing import Any

from django import forms

from bulletins.models import Confirmation
from bulletins.services.asking_units import LONGEST_REMARKS


class AnswerForm(forms.Form):
    """Yes, or corrected words and remarks. Length and emptiness are the service's business."""

    lead = forms.CharField(
        label="导语",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control print-text"}),
    )
    text = forms.CharField(
        label="正文",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "form-control print-text"}),
        help_text="有不对的地方直接改，每行一段。",
    )
    remarks = forms.CharField(
        label="说明",
        required=False,
        max_length=LONGEST_REMARKS,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        help_text="可以不填。",
    )

    @classmethod
    def of(cls, asked: Confirmation, data: Any = None) -> AnswerForm:
        return cls(data, initial={"lead": asked.lead, "text": asked.text})

    def clean_lead(self) -> str:
        """One line, as in print."""
        return " ".join(str(self.cleaned_data["lead"]).split())

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")
