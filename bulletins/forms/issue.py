"""Forms of an issue: opening it, what stands around its entries, and the day of printing."""

from __future__ import annotations

from typing import Any

from django import forms

from bulletins.models import Issue
from portal.accounts.forms.base import day_field


class NewIssueForm(forms.Form):
    """A collection window and the date on the masthead."""

    window_start = day_field("收稿起")
    window_end = day_field("收稿止", help_text="这一天及以前报送、已采用而未编发的稿件，都可以编入。")
    issue_date = day_field("报头日期", help_text="印在报头右侧，编辑时还可以改。")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("window_start"), cleaned.get("window_end")
        if start and end and end < start:
            self.add_error("window_end", "收稿截止日期早于开始日期，请核对。")
        return cleaned


class IssueFactsForm(NewIssueForm):
    """What stands around the entries: masthead, office, date, the imprint's lines."""

    masthead = forms.CharField(label="报头", max_length=100, help_text="印在红色报头第一行。")
    office = forms.CharField(label="编印单位", max_length=100)
    report_to = forms.CharField(label="报", max_length=300, required=False, help_text="版记中“报：”后面的文字。")
    copy_to = forms.CharField(label="送", max_length=300, required=False, help_text="版记中“送：”后面的文字。")
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    field_order = ["masthead", "office", "issue_date", "window_start", "window_end", "report_to", "copy_to", "version"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("masthead", "office", "report_to", "copy_to"):
            self.fields[name].widget.attrs["class"] = "form-control"

    @classmethod
    def of(cls, issue: Issue) -> IssueFactsForm:
        return cls(initial={name: getattr(issue, name) for name in cls.field_order})


class PrintForm(forms.Form):
    """The day of printing, as it will stand in the imprint."""

    printed_on = day_field("印发日期", help_text="印在版记右侧，例如2023年11月27日印发。确定后不能再改。")
