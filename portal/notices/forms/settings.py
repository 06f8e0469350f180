"""消息设置."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.accounts.forms.base import PlainForm
from portal.notices.models import MailChoice


class NoticeSettingsForm(PlainForm):
    """The person's own address, and how messages come there."""

    email = forms.EmailField(
        label="邮箱",
        required=False,
        help_text="不填就不发邮件，消息仍可在系统中查看。",
        error_messages={"invalid": "邮箱写法不对，请核对，如 name@example.cn。"},
    )
    mail = forms.ChoiceField(label="邮件提醒", choices=MailChoice.choices, widget=forms.RadioSelect)

    weekly = forms.BooleanField(label="每周收到一次待办汇总", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("mail", "weekly"):
            self.fields[name].widget.attrs["class"] = "form-check-input"
