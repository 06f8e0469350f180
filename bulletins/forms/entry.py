"""Forms of an entry: its words, and where a new one goes."""

from __future__ import annotations

from typing import Any

from django import forms

from bulletins.forms.desk import PrintedWordsForm
from bulletins.models import Entry, Issue, Section
from bulletins.validators import LONGEST_ENTRY


class EntryForm(PrintedWordsForm):
    """The words of an entry, with the version that was read. Field ids carry the entry, several may be open."""

    longest = LONGEST_ENTRY

    @classmethod
    def of(cls, entry: Entry, data: Any = None) -> EntryForm:
        initial = {"lead": entry.lead, "text": entry.text, "version": entry.version}
        form = cls(data, initial=initial, auto_id=f"id_%s_{entry.pk}")
        form.fields["text"].widget.attrs["autofocus"] = True
        return form


class NewEntryForm(PrintedWordsForm):
    """An entry written by hand into any section."""

    longest = LONGEST_ENTRY

    section: forms.ModelChoiceField[Section] = forms.ModelChoiceField(
        label="栏目", queryset=None, empty_label="请选择栏目"
    )
    field_order = ["section", "lead", "text"]

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = issue.periodical.sections.all()  # type: ignore[attr-defined]
        self.fields["section"].widget.attrs["class"] = "form-select"
        self.fields["section"].error_messages["required"] = "请选择栏目。"
