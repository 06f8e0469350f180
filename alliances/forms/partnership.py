"""Forms of pairs: making one, its term, its contacts, and the filters of the list."""

from __future__ import annotations

from typing import Any

from django import forms

from alliances.models import Partnership
from alliances.states.term import Standing
from portal.accounts.forms.base import PlainForm, UnitField, day_field, search_field
from portal.accounts.forms.counted import CountedForm
from portal.accounts.models import Unit
from portal.accounts.queries.unit import official_order, units
from portal.accounts.roles import UnitKind


class PartnershipForm(PlainForm):
    """A new pair."""

    university = UnitField(label="高校", help_text="两个合作单位结对时，这里选牵头的一个。")
    county = UnitField(label="结对地区或合作单位", help_text="县（市、区），或省外、企业等合作单位。")
    since = day_field("起始日期")
    until = day_field("截止日期", required=False, help_text="含当天；没有约定的可以不填。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ordered = units().order_by(*official_order())
        leading = ordered.filter(kind__in=(UnitKind.UNIVERSITY, UnitKind.PARTNER))
        self.fields["university"].queryset = leading  # type: ignore[attr-defined]
        others = ordered.filter(kind__in=(UnitKind.COUNTY, UnitKind.PARTNER))
        self.fields["county"].queryset = others  # type: ignore[attr-defined]


class RenewTermForm(PlainForm):
    """A later end of a pair's term."""

    until = day_field("新的截止日期", required=False, help_text="含当天；不填表示不再约定期限。")


class EndForm(PlainForm):
    """The end of a pair or an agreement before its time."""

    last_day = day_field("最后一天", help_text="含当天。")
    reason = forms.CharField(label="原因", widget=forms.Textarea(attrs={"rows": 2}))


class ContactForm(PlainForm):
    """Whom one calls: post and telephone, no name."""

    unit = UnitField(label="单位")
    post = forms.CharField(label="部门和岗位", max_length=80, help_text="如“教务处副处长”，不用写姓名。")
    phone = forms.CharField(label="电话", required=False, max_length=40)
    duty = forms.CharField(label="负责事项", required=False, max_length=100)

    def __init__(self, *args: Any, pair: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sides = Unit.objects.filter(pk__in=[pair.university_id, pair.county_id]).order_by(*official_order())
        self.fields["unit"].queryset = sides  # type: ignore[attr-defined]


class PartnershipFilterForm(CountedForm):
    """Filters of the list."""

    prefecture: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label="设区市", required=False, queryset=Unit.objects.none(), empty_label="全部地区"
    )
    university: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label="高校", required=False, queryset=Unit.objects.none(), empty_label="全部高校"
    )
    standing = forms.ChoiceField(label="状态", required=False, choices=[("", "未结束的"), *Standing.choices])
    text = search_field("单位名称")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ordered = units().order_by("official_order", "name")
        self.fields["prefecture"].queryset = ordered.filter(kind=UnitKind.PREFECTURE)  # type: ignore[attr-defined]
        self.fields["university"].queryset = ordered.filter(kind=UnitKind.UNIVERSITY)  # type: ignore[attr-defined]
