"""Forms of remarks: recording one, passing it on, answering it, filtering the list."""

from __future__ import annotations

from typing import Any

from django import forms

from bulletins.forms.readership import LeaderField
from bulletins.models import LeaderRemark
from bulletins.queries.readership import leaders
from bulletins.queries.remark import units_concerned
from bulletins.services.remark import LONGEST_ANSWER
from bulletins.states import RemarkState
from portal.accounts.forms.base import PlainForm, day_field, with_kind
from portal.accounts.models import Unit
from portal.accounts.queries.unit import official_order, units
from portal.accounts.roles import UnitKind
from portal.workflow import LONGEST_REASON


class OwnRemarkForm(PlainForm):
    """What a leader writes himself."""

    entry_key = forms.ChoiceField(label="针对", required=False)
    text = forms.CharField(
        label="批示内容",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST_REASON,
        error_messages={"max_length": f"批示内容最多{LONGEST_REASON}字，请缩短。"},
    )

    def __init__(self, *args: Any, entries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry_key"].choices = [("", "本期整体"), *entries]  # type: ignore[attr-defined]


class PaperRemarkForm(OwnRemarkForm):
    """What the office records from paper, for a leader with or without an account."""

    leader = LeaderField(label="批示人", required=False)
    leader_name = forms.CharField(
        label="或填写姓名和职务", max_length=50, required=False, help_text="批示人在系统中没有账号时填写。"
    )
    written_on = day_field("批示日期")

    field_order = ["leader", "leader_name", "written_on", "entry_key", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = leaders()  # type: ignore[attr-defined]


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Several units, each with its kind."""

    def label_from_instance(self, obj: Any) -> str:
        return with_kind(obj)


class PassForm(PlainForm):
    """转办: to whom, what is asked, until when."""

    units = UnitsField(
        queryset=Unit.objects.none(),
        label="办理单位",
        widget=forms.SelectMultiple(attrs={"class": "form-select", "size": 8}),
        help_text="按住 Ctrl 键可以选多个单位；批示条目的来稿单位已经选好。",
        error_messages={"invalid_choice": "没有这个单位，请重新选择。"},
    )
    request = forms.CharField(
        label="办理要求",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不必填写。",
        error_messages={"max_length": "办理要求最多1000字，请缩短。"},
    )
    due = day_field("反馈期限", required=False, help_text="不必填写。")

    def __init__(self, *args: Any, remark: LeaderRemark, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = remark.follow_ups.values("unit")
        found = units().exclude(kind=UnitKind.PROVINCE_OFFICE).exclude(pk__in=asked).order_by(*official_order())
        self.fields["units"].queryset = found  # type: ignore[attr-defined]
        self.fields["units"].initial = list(units_concerned(remark))
        self.fields["units"].error_messages["required"] = "请选择由哪些单位办理。"


class AnswerForm(PlainForm):
    """反馈落实情况."""

    answer = forms.CharField(
        label="落实情况",
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": f"落实情况最多{LONGEST_ANSWER}字，请缩短。"},
    )


class RemarkFilter(PlainForm):
    """The filters above the list, kept in the address."""

    text = forms.CharField(label="内容、批示人或单位", required=False, max_length=100)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *RemarkState.choices])
