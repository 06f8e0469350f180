"""Forms of unit sign-off: the signed page, and for whom a link is made."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.accounts.forms.base import PlainForm, day_field
from portal.accounts.models import User


class PaperForm(PlainForm):
    """The scan of the signed page, and what stands on it. The service says what is missing."""

    name = forms.CharField(label="签批人姓名", required=False, max_length=50)
    signed_on = day_field("签批日期", required=False)
    scan = forms.FileField(
        label="签批件（扫描的 PDF 或照片）",
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class LinkForm(PlainForm):
    """For which of the unit's approvers a link is made."""

    approver: forms.ModelChoiceField[User] = forms.ModelChoiceField(label="发给", queryset=None, empty_label=None)

    def __init__(self, *args: Any, approvers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["approver"].queryset = approvers  # type: ignore[attr-defined]
