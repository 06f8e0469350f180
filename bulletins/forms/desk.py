"""Forms of the desk: narrowing the list, and the office's text of a report."""

from __future__ import annotations

from typing import Any

from django import forms

from bulletins.queries.desk import EVERYTHING, UNDECIDED, sending_units
from bulletins.states import HAS_LEFT_UNIT, SubmissionState
from bulletins.validators import LONGEST_REPORT, check_printed_words
from portal.accounts.forms.base import NarrowingForm, day_field
from portal.accounts.models import Unit
from portal.accounts.roles import UnitKind

STATES = [
    (UNDECIDED, "未处理"),
    (EVERYTHING, "全部"),
    *((state.value, state.label) for state in SubmissionState if state in HAS_LEFT_UNIT),
]


class DeskFilterForm(NarrowingForm):
    """Filters of 来稿处理; what they narrow is told by ``desk_submissions``."""

    state = forms.ChoiceField(label="状态", choices=STATES, required=False)
    unit_kind = forms.ChoiceField(label="单位类别", choices=[("", "全部类别"), *UnitKind.choices], required=False)
    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label="单位", queryset=None, required=False, empty_label="全部单位"
    )
    assigned = forms.ChoiceField(
        label="责任编辑", choices=[("", "全部"), ("me", "分给我的"), ("nobody", "还没有分的")], required=False
    )
    since = day_field("报送自", required=False)
    until = day_field("报送至", required=False)
    text = forms.CharField(
        label="标题、正文或单位",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = sending_units()  # type: ignore[attr-defined]


class PrintedWordsForm(forms.Form):
    """A bold lead and the text after it, with the version that was read. For reports and entries alike."""

    longest = LONGEST_REPORT

    lead = forms.CharField(
        label="导语",
        required=False,
        strip=True,
        help_text="第一句，印成粗体，连同句末的标点；没有就留空。",
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control print-text", "data-count": ""}),
    )
    text = forms.CharField(
        label="正文",
        required=False,
        strip=True,
        help_text="每行一段。",
        widget=forms.Textarea(attrs={"rows": 12, "class": "form-control print-text", "data-count": ""}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def words_length(self) -> int:
        """Characters in both fields as they stand, blanks and line ends aside; the meter starts from it."""
        return sum(len("".join(str(self[name].value() or "").split())) for name in ("lead", "text"))

    def clean_lead(self) -> str:
        """One line: a line end inside a lead would be lost in print."""
        return " ".join(self.cleaned_data["lead"].split("\n")).replace("\r", "").strip()

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not {"lead", "text"} & set(self.errors):
            check_printed_words(cleaned["lead"], cleaned["text"], longest=self.longest)
        return cleaned
