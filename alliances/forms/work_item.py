"""Forms of the work list: an item, what came of it, and the filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from alliances.models import Commitment, Partnership, WorkItem
from alliances.queries.work_item import LATE, STILL_OPEN
from alliances.states.work_item import WorkItemState
from portal.accounts.forms.base import NarrowingForm, PlainForm, UnitField, day_field, search_field
from portal.accounts.queries.unit import official_order, units


class WorkItemForm(PlainForm):
    """An item of a pair's list: what, who, until when."""

    title = forms.CharField(label="事项", max_length=200, help_text="一句话写清要做什么。")
    owner = UnitField(label="责任单位")
    owner_post = forms.CharField(
        label="责任人岗位", required=False, max_length=60, help_text="如“教务处副处长”，不用写姓名。"
    )
    due = day_field("完成时限", help_text="含当天。")
    detail = forms.CharField(label="具体要求", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    commitment: forms.ModelChoiceField[Commitment] = forms.ModelChoiceField(
        label="对应的协议承诺", required=False, queryset=Commitment.objects.none(), empty_label="不对应协议承诺"
    )

    def __init__(self, *args: Any, pair: Partnership | None, item: WorkItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = _owners(pair)  # type: ignore[attr-defined]
        if item is not None or pair is None:
            del self.fields["commitment"]
            return
        unlisted = Commitment.objects.filter(agreement__partnership=pair, work_item__isnull=True)
        self.fields["commitment"].queryset = unlisted  # type: ignore[attr-defined]


class FinishForm(PlainForm):
    """What came of it."""

    result = forms.CharField(
        label="完成情况",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一两句话；有照片、文件可以另行添加，不是必须。",
    )
    done_on = day_field("完成日期", initial=timezone.localdate)


class WorkItemFilterForm(NarrowingForm):
    """Filters of the list of items."""

    partnership = forms.IntegerField(required=False, widget=forms.HiddenInput)
    unit = forms.IntegerField(required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部状态"), (LATE, "已逾期"), (STILL_OPEN, "未完成"), *WorkItemState.choices],
    )
    text = search_field("事项或责任单位")


def _owners(pair: Partnership | None) -> Any:
    """Both sides of a pair and their schools; of the whole alliance every unit in use."""
    if pair is None:
        return units().order_by(*official_order())
    sides = [pair.university_id, pair.county_id]
    return units().filter(Q(pk__in=sides) | Q(parent__in=sides)).order_by(*official_order())
