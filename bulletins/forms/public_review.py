"""Form of the checklist before publishing."""

from __future__ import annotations

from django import forms


class ReviewItemsForm(forms.Form):
    """The checklist, one item a line; empty means that nothing is asked."""

    items = forms.CharField(
        label="审查事项",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 10}),
        help_text="每行一项，按这里的顺序列出。删去一行，以后就不再要求；已公开各期的审查记录不变。",
    )
