"""Forms of sending out: adding recipients, filtering them, confirming."""

from __future__ import annotations

from typing import Any

from django import forms

from bulletins.models import ReaderGroup
from bulletins.queries.readership import LEADERS, leaders
from portal.accounts.forms.base import PlainForm, UnitField
from portal.accounts.models import User
from portal.accounts.queries.unit import official_order, units
from portal.accounts.roles import UnitKind

READABLE_KINDS = [choice for choice in UnitKind.choices if choice[0] != UnitKind.PROVINCE_OFFICE]


class LeaderField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """One of today's leaders."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=User.objects.none(),
            empty_label="请选择",
            error_messages={"invalid_choice": "没有这位领导，请重新选择。"},
            **kwargs,
        )


class AddReaderForm(PlainForm):
    """A group, a unit, a leader, or several of these at once."""

    group = forms.ChoiceField(label="范围", required=False, choices=[("", "请选择"), *ReaderGroup.choices])
    unit = UnitField(label="单位", required=False)
    leader = LeaderField(label="领导（呈阅）", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = units().exclude(kind=UnitKind.PROVINCE_OFFICE).order_by(*official_order())
        self.fields["unit"].queryset = found  # type: ignore[attr-defined]
        self.fields["leader"].queryset = leaders()  # type: ignore[attr-defined]


class ReaderFilter(PlainForm):
    """The filters above the table of recipients, kept in the address."""

    text = forms.CharField(label="单位或领导", required=False, max_length=100)
    kind = forms.ChoiceField(
        label="类别", required=False, choices=[("", "全部类别"), *READABLE_KINDS, (LEADERS, "领导（呈阅）")]
    )
    state = forms.ChoiceField(
        label="情况",
        required=False,
        choices=[
            ("", "全部"),
            ("unsent", "未发送"),
            ("unread", "未阅读"),
            ("read", "已阅读"),
            ("unconfirmed", "未签收"),
            ("confirmed", "已签收"),
        ],
    )


class ConfirmForm(PlainForm):
    """签收."""

    remark = forms.CharField(
        label="备注",
        required=False,
        max_length=200,
        help_text="不必填写；如“已收到纸质件10份”。",
        error_messages={"max_length": "备注最多200字，请缩短。"},
    )
