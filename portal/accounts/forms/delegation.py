"""Forms of 临时B角 and 代办."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.accounts.forms.base import PersonField, PlainForm, day_field
from portal.accounts.models import Unit, User
from portal.accounts.queries.acting import people_of


class OwnPersonField(PersonField):
    """A person for who may not look through everybody: of his units by name, anybody else by exact 登录名."""

    units: list[Unit]

    def clean(self, value: Any) -> Any:
        text = forms.CharField.clean(self, value)
        name = text.removesuffix("）").rpartition("（")[2] if text.endswith("）") else text
        known = people_of(self.units)
        found = list(known.filter(name=text)[:2])
        if len(found) == 1:
            return found[0]
        if user := User.objects.filter(is_active=True, username=name).first():
            return user
        if found:
            raise ValidationError(f"本单位有多位“{text}”，请改填登录名。")
        raise ValidationError("没有找到这个人。本单位的人可填姓名，其他人请填登录名；还没有账号的，请联系管理员开通。")


class SpanForm(PlainForm):
    """From–to, with the bound said."""

    since = day_field("开始日期", initial=timezone.localdate)
    until = day_field("截止日期")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = f"含当天；一次最多{settings.DELEGATION_MAX_DAYS}天。"


class DeputyForm(SpanForm):
    """临时B角: who, from–to."""

    field_order = ["user", "since", "until"]
    user = OwnPersonField(label="人员", help_text="本单位的人填姓名或从列表中选，其他人填登录名。")

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].units = units  # type: ignore[attr-defined]


class LendForm(SpanForm):
    """代办, by the person himself: to whom, from–to, why."""

    field_order = ["agent", "since", "until", "reason"]
    agent: forms.Field = OwnPersonField(label="代办人", help_text="本单位的人填姓名或从列表中选，其他人填登录名。")
    reason = forms.CharField(label="事由", required=False, help_text="如“外出培训”；可以不填。")

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].units = units  # type: ignore[attr-defined]


class ArrangeForm(SpanForm):
    """代办, by an admin: anybody by name."""

    field_order = ["agent", "since", "until", "reason"]
    agent = PersonField(label="代办人", help_text="填登录名或姓名。")
    reason = forms.CharField(label="事由", required=False, help_text="如“外出培训”；可以不填。")
