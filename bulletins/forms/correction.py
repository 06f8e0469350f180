"""Form of 发布更正: which entry, what stands there, what it should be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from bulletins.content import PrintedEntry

LONGEST = 500


class CorrectionForm(forms.Form):
    """One correction of an issue with these printed entries."""

    entry_key = forms.ChoiceField(
        label="更正的条目",
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": "请选择要更正的条目。", "invalid_choice": "请选择要更正的条目。"},
    )
    wrong = forms.CharField(
        label="原文",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
        help_text="从已印发的文字中照抄有误的一段。",
        error_messages={"required": "请照抄有误的原文。", "max_length": f"请不超过{LONGEST}字。"},
    )
    right = forms.CharField(
        label="应为",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
        error_messages={"required": "请填写正确的文字。", "max_length": f"请不超过{LONGEST}字。"},
    )

    def __init__(self, *args: Any, entries: Sequence[PrintedEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(entry.key, entry.label) for entry in entries]
        cast(forms.ChoiceField, self.fields["entry_key"]).choices = [("", "请选择"), *named]
