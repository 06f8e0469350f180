"""The form of a joint body."""

from __future__ import annotations

from django import forms

from portal.accounts.forms.base import PlainForm, day_field
from portal.accounts.forms.unit_names import UnitNamesField


class BodyForm(PlainForm):
    """What is known of it; its leads are posts, not names."""

    name = forms.CharField(label="名称", max_length=100)
    founders = UnitNamesField(label="发起单位", required=False)
    other_founders = forms.CharField(
        label="其他发起单位", max_length=300, required=False, help_text="不在本系统中的单位写在这里。"
    )
    since = day_field("成立日期")
    leads = forms.CharField(label="负责人（职务）", max_length=300, required=False, help_text="写职务，不写姓名。")
    duties = forms.CharField(label="职责", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
