"""Forms of sign-off: the second look, and what stands on a signed paper sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from bulletins.services.issue_chain import SignedSheet
from portal.accounts.forms.base import day_field


def _name_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=50,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": f"请填写{label}。"},
    )


class SignForm(forms.Form):
    """The issuer's second look: the password again, and the words that were shown."""

    password = forms.CharField(
        label="您的登录密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "current-password"}),
        error_messages={"required": "请再输入一次登录密码，确认由您本人签发。"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class SignedSheetForm(forms.Form):
    """The 签批单: who reviewed and who signed, on which days, and its scan."""

    reviewer = _name_field("审核人")
    reviewed_on = day_field("审核日期")
    issuer = _name_field("签发人")
    signed_on = day_field("签发日期")
    scan = forms.FileField(
        label="签批单",
        help_text="签过字的签批单的扫描件或照片，PDF、JPG、PNG 均可。",
        widget=forms.ClearableFileInput(attrs={"class": "form-control", "accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
        error_messages={"required": "请添加签过字的签批单。", "empty": "这个文件是空的，请重新选择。"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        reviewed, signed = cleaned.get("reviewed_on"), cleaned.get("signed_on")
        if isinstance(reviewed, date) and isinstance(signed, date) and signed < reviewed:
            self.add_error("signed_on", "签发日期早于审核日期，请核对。")
        if isinstance(signed, date) and signed > timezone.localdate():
            self.add_error("signed_on", "签发日期晚于今天，请核对。")
        return cleaned

    def sheet(self) -> SignedSheet:
        names = ("reviewer", "reviewed_on", "issuer", "signed_on")
        return SignedSheet(**{name: self.cleaned_data[name] for name in names})
