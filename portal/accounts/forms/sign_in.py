"""Signing in and changing one's own password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import MaxLengthValidator

#: Characters; django-axes keeps no more, and no user name has so many.
LONGEST_NAME = 150


class SignInForm(AuthenticationForm):
    """User name and password; one sentence for every reason, so that nobody can try out names."""

    error_messages = dict.fromkeys(
        ("invalid_login", "inactive"), "登录名或密码不对，请重新输入。忘记密码请联系省协同提质办管理员重置。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, missing in (
            ("username", "登录名", "请填写登录名。"),
            ("password", "密码", "请填写密码。"),
        ):
            field = self.fields[name]
            field.label = label
            field.error_messages["required"] = missing
            field.widget.attrs["class"] = "form-control"
        # Too long for any account, and for the record of failures: refused before anybody writes it down.
        self.fields["username"].validators.append(
            MaxLengthValidator(LONGEST_NAME, self.error_messages["invalid_login"])
        )


def _password(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


class ChangePasswordForm(forms.Form):
    """The old password once, the new one twice."""

    old = forms.CharField(label="原密码", strip=False, widget=_password("current-password"))
    new = forms.CharField(label="新密码", strip=False, widget=_password("new-password"))
    again = forms.CharField(label="再输一遍新密码", strip=False, widget=_password("new-password"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
            field.error_messages["required"] = f"请填写{field.label}。"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "两次输入的新密码不一样，请重新输入。")
        return cleaned
