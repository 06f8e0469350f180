"""Forms of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.forms.base import PlainForm, UnitField, day_field
from portal.accounts.queries.unit import units
from portal.accounts.roles import Role


class PeopleFilter(forms.Form):
    """The filters above the list of people, kept in the address."""

    text = forms.CharField(
        label="姓名、登录名或单位",
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control", "type": "search"}),
    )
    role = forms.ChoiceField(
        label="岗位",
        required=False,
        choices=[("", "全部岗位"), *Role.choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    active = forms.ChoiceField(
        label="账号",
        required=False,
        choices=[("", "全部账号"), ("yes", "可登录"), ("no", "已停用")],
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class AccountDetails(PlainForm):
    """Name and ways to reach the person."""

    name = forms.CharField(label="姓名", max_length=50)
    phone = forms.CharField(label="电话", max_length=30, required=False)
    email = forms.EmailField(
        label="邮箱", required=False, error_messages={"invalid": "邮箱写法不对，请核对，如 name@example.cn。"}
    )


class EditAccountForm(AccountDetails):
    """Details, and whether the account works."""

    is_active = forms.BooleanField(
        label="可登录", required=False, help_text="停用后此人不能再登录，所做的记录和任职历史都保留。"
    )


class OpenAccountForm(AccountDetails):
    """A new account and, in the same step, its first post."""

    field_order = ["username", "name", "phone", "email", "unit", "role", "since", "until"]
    username = forms.RegexField(
        r"^[A-Za-z0-9._@+-]+\Z",
        label="登录名",
        max_length=50,
        help_text="字母、数字，如姓名拼音或工号；开通后不能改。",
        error_messages={"invalid": "登录名只能用字母、数字和 . _ @ + - 。"},
    )
    unit = UnitField(label="单位", required=False, help_text="可以同时安排岗位；以后再安排也可以。")
    role = forms.ChoiceField(label="岗位", required=False, choices=[("", "暂不安排"), *Role.choices])
    since = day_field("岗位开始日期", required=False, initial=timezone.localdate)
    until = day_field("岗位截止日期", required=False, help_text="含当天；长期任职不填。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") and not cleaned.get("unit") and "unit" not in self.errors:
            self.add_error("unit", "请选择在哪个单位任职。")
        if cleaned.get("unit") and not cleaned.get("role"):
            self.add_error("role", "请选择岗位。")
        return cleaned
