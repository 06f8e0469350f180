"""The form of a kind of need."""

from __future__ import annotations

from django import forms

from portal.accounts.forms.base import PlainForm

#: What a small number of the database bears.
MOST = 32_767


class NeedKindForm(PlainForm):
    """Its name, its place among the others, and whether it is offered."""

    name = forms.CharField(label="名称", max_length=30, help_text="例如：示范课。更名后，已有的需求也用新名称。")
    order = forms.IntegerField(label="排列顺序", min_value=0, max_value=MOST, help_text="数字小的排在前面。")
    is_active = forms.BooleanField(
        label="在用", required=False, help_text="停用后，新提需求时不再出现；已有的需求不受影响。"
    )
