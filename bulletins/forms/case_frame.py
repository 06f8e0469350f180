"""Form of a frame of cases: its name, topics, and the rows of its parts and criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from bulletins.casebook import LONGEST_HINT, LONGEST_NAME, LONGEST_PART, MOST_POINTS, Criterion, Part
from bulletins.models import CaseFrame
from portal.accounts.forms.base import PlainForm, split_list


def _whole(label: str, most: int, *, least: int, initial: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=False,
        widget=forms.NumberInput(attrs={"class": "form-control", "placeholder": initial}),
        error_messages={
            "invalid": f"{label}请填数字。",
            "min_value": f"{label}不能小于{least}。",
            "max_value": f"{label}不能大于{most}。",
        },
    )


class FrameForm(PlainForm):
    """What a frame is called, and what its cases can be about."""

    name = forms.CharField(label="名称", max_length=50)
    topics = forms.CharField(
        label="可选主题", help_text="用“、”隔开，或一行一个。", widget=forms.Textarea(attrs={"rows": 2})
    )
    is_active = forms.BooleanField(label="在用（停用后不能再新写这种案例）", required=False, initial=True)

    def clean_topics(self) -> list[str]:
        return split_list(self.cleaned_data["topics"])


class PartForm(PlainForm):
    """One part."""

    name = forms.CharField(label="组成部分", max_length=LONGEST_NAME)
    hint = forms.CharField(label="写什么（提示）", max_length=LONGEST_HINT, required=False)
    least = _whole("至少几个字", LONGEST_PART, least=0, initial=0)
    most = _whole("最多几个字", LONGEST_PART, least=1, initial=2_000)


class CriterionForm(PlainForm):
    """One criterion of the experts."""

    name = forms.CharField(label="评审标准", max_length=LONGEST_NAME)
    hint = forms.CharField(label="看什么", max_length=LONGEST_HINT, required=False)
    most = _whole("满分", MOST_POINTS, least=1, initial=20)


def parts_from(rows: Sequence[Mapping[str, Any]]) -> list[Part]:
    """The parts that were typed; a bound left empty is none, or 2,000 characters."""
    return [Part(row["name"], row["hint"], row["least"] or 0, row["most"] or 2_000) for row in rows]


def criteria_from(rows: Sequence[Mapping[str, Any]]) -> list[Criterion]:
    return [Criterion(row["name"], row["hint"], row["most"] or 20) for row in rows]


def frame_initial(frame: CaseFrame) -> dict[str, Any]:
    return {"name": frame.name, "topics": "、".join(frame.topics), "is_active": frame.is_active}
