"""Forms of calls: the words, and which units are asked."""

from __future__ import annotations

from typing import Any

from django import forms

from bulletins.models import Call, CaseFrame
from bulletins.queries.call import possible_targets
from bulletins.queries.call_table import Standing
from bulletins.queries.case import frames
from bulletins.states import CallState
from portal.accounts.forms.base import NarrowingForm, PlainForm, day_field
from portal.accounts.forms.unit_names import UnitNamesField
from portal.accounts.models import Unit
from portal.accounts.queries.unit import units
from portal.accounts.roles import UnitKind

#: Kinds of unit that can be asked.
KINDS = [(value, label) for value, label in UnitKind.choices if value != UnitKind.PROVINCE_OFFICE]


def _checks() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})


class TargetsForm(PlainForm):
    """Which units are meant: by kind, by area, by name."""

    kinds = forms.MultipleChoiceField(label="按类别", required=False, choices=KINDS, widget=_checks())
    areas: forms.ModelMultipleChoiceField[Unit] = forms.ModelMultipleChoiceField(
        label="按地区", required=False, queryset=Unit.objects.none(), widget=_checks()
    )
    only_reporting = forms.BooleanField(label="只选已明确信息员的单位", required=False)
    names = UnitNamesField(label="指定单位", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = units().filter(kind=UnitKind.PREFECTURE)  # type: ignore[attr-defined]

    def units(self) -> list[Unit]:
        """The units that are meant; call it on a valid form."""
        given = self.cleaned_data
        rows = possible_targets(
            kinds=given["kinds"],
            areas=given["areas"],
            picked=given["names"],
            only_reporting=given["only_reporting"],
        )
        return list(rows)


class CallForm(TargetsForm):
    """A call: what about, what is wanted (reports, or cases in a frame), until when, from whom."""

    field_order = ["topic", "frame", "wanted", "deadline", "kinds", "areas", "only_reporting", "names"]
    topic = forms.CharField(label="主题", help_text="一句话，各单位稿件的标题由此带出，可以再改。")
    frame: forms.ModelChoiceField[CaseFrame] = forms.ModelChoiceField(
        label="征集什么", required=False, queryset=CaseFrame.objects.none(), empty_label="稿件"
    )
    wanted = forms.CharField(
        label="要求",
        required=False,
        help_text="要什么内容、多少字、哪些数据；发出前须写明。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    deadline = day_field("截止日期", required=False, help_text="含当天；发出前须填写。")

    def __init__(self, *args: Any, kind: str = Call.Kind.TOPIC, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["frame"].queryset = frames()  # type: ignore[attr-defined]
        if kind == Call.Kind.POINTS:
            del self.fields["frame"]

    def words(self) -> dict[str, Any]:
        """What is said, apart from whom it is said to."""
        names = ("topic", "frame", "wanted", "deadline")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}


class ExtendForm(PlainForm):
    """A later deadline."""

    deadline = day_field("新的截止日期")


class CallFilterForm(NarrowingForm):
    """Filters of the office's list."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *CallState.choices])
    kind = forms.ChoiceField(label="种类", required=False, choices=[("", "全部种类"), *Call.Kind.choices])
    text = forms.CharField(
        label="主题或要求", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )


class TableFilterForm(NarrowingForm):
    """Filters of the table unit × standing."""

    standing = forms.ChoiceField(label="应稿情况", required=False, choices=[("", "全部情况"), *Standing.choices])
    kind = forms.ChoiceField(label="单位类别", required=False, choices=[("", "全部类别"), *KINDS])
    text = forms.CharField(
        label="单位名称", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
