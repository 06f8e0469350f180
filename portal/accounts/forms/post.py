"""Forms of posts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.forms.base import PersonField, PlainForm, day_field
from portal.accounts.models import Unit
from portal.accounts.services.post import roles_of


class GivePostForm(PlainForm):
    """Who, which post, from when to when."""

    role = forms.ChoiceField(label="岗位")
    user = PersonField(label="人员", help_text="填登录名或姓名。")
    since = day_field("开始日期", initial=timezone.localdate)
    until = day_field("截止日期", required=False, help_text="含当天；长期任职不填。临时B角必须填。")

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "请选择"), *((role.value, role.label) for role in roles_of(unit.kind))]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]


class HandOverForm(PlainForm):
    """To whom, from when."""

    to = PersonField(label="接任人员", help_text="填登录名或姓名。")
    since = day_field("接任日期", initial=timezone.localdate, help_text="原任人员任职到前一天为止。")


class EndPostForm(PlainForm):
    """The last day."""

    last_day = day_field("任职到哪天为止", initial=timezone.localdate, help_text="含当天。")
