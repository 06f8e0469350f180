"""Form of the usual number of pages of an issue."""

from __future__ import annotations

from django import forms


class UsualPagesForm(forms.Form):
    """How many pages an issue usually has."""

    pages = forms.IntegerField(
        label="通常页数",
        min_value=1,
        max_value=200,
        widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
        help_text="编辑时用来对照篇幅，超过了也可以照常印发。对本期和以后各期都有效。",
        error_messages={
            "min_value": "请填写1至200之间的页数。",
            "max_value": "请填写1至200之间的页数。",
            "invalid": "请用数字填写页数，例如8。",
        },
    )
