"""Forms of 信息报送: the list's filters, the unit of a new report, and the report with its typed rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from bulletins.states import SubmissionState
from pilots.services.activity_row import ROW_FIELDS, Row
from portal.accounts.forms.base import UNREADABLE, NarrowingForm, day_field
from portal.accounts.models import Unit
from portal.accounts.requests import whole_number

LONGEST_CELL = 1000
_UNREADABLE = {"null_characters_not_allowed": UNREADABLE}


class FilterForm(NarrowingForm):
    """Filters of the list, as ``filter_submissions`` takes them."""

    state = forms.ChoiceField(
        label="状态",
        choices=[("", "全部状态"), *SubmissionState.choices],
        required=False,
    )
    since = day_field("报送自", required=False)
    until = day_field("报送至", required=False)
    text = forms.CharField(
        label="标题、正文或单位",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class NewForm(forms.Form):
    """Which of the person's units the new report is from."""

    unit = forms.TypedChoiceField(label="报送单位", coerce=int, error_messages={"required": "请选择报送单位。"})

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]


class SubmissionForm(forms.Form):
    """Title, text and the version they are based on. What is missing is no error in a draft."""

    title = forms.CharField(label="标题", required=False, error_messages=_UNREADABLE)
    text = forms.CharField(label="正文", required=False, strip=False, widget=forms.Textarea, error_messages=_UNREADABLE)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Browsers send CRLF; stored is LF, so that an untouched text equals itself."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")


def rows_from(data: QueryDict) -> list[Row]:
    """The typed rows in their order on the page: ``row`` lists the keys, ``<key>-<field>`` holds what was typed.

    NUL is dropped (PostgreSQL has no place for it) and a cell is cut at LONGEST_CELL.
    """
    rows = []
    for key in dict.fromkeys(data.getlist("row")):
        cells = {name: _cell(data.get(f"{key}-{name}", "")) for name in ROW_FIELDS}
        activity = cells.pop("activity")
        batches = tuple(_cell(value) for value in data.getlist(f"{key}-batches"))
        rows.append(Row(key=_cell(key)[:30], activity=whole_number(activity), batches=batches, **cells))
    return rows


def _cell(text: str | list[object]) -> str:
    return str(text).replace("\x00", "")[:LONGEST_CELL]
