"""Forms of communities: founding one, changing who is in it, its papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from pilots.models import Community, CommunityDuty, CommunityKind, CommunityPolicy
from pilots.queries.community import community_kinds, possible_areas
from portal.accounts.forms.base import NarrowingForm, PlainForm, UnitField, day_field, search_field
from portal.accounts.forms.unit_names import UnitNameField, UnitNamesField
from portal.accounts.models import Unit, User
from portal.accounts.roles import UnitKind

STATES = [("now", "存续"), ("ended", "已结束")]


class CommunityFilter(NarrowingForm):
    """The filters above the list; without any it shows what holds today."""

    text = search_field("共同体或学校", max_length=80)
    area = forms.ModelChoiceField(label="地区", required=False, queryset=Unit.objects.none(), empty_label="全部地区")
    kind = forms.ModelChoiceField(
        label="类型", required=False, queryset=CommunityKind.objects.none(), empty_label="全部类型"
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = Unit.objects.filter(kind__in=(UnitKind.PREFECTURE, UnitKind.COUNTY, UnitKind.PARTNER), is_active=True)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["kind"].queryset = community_kinds()  # type: ignore[attr-defined]


class FoundForm(PlainForm):
    """A new community 1+N."""

    kind = forms.ModelChoiceField(label="类型", queryset=CommunityKind.objects.none(), empty_label="请选择")
    area = UnitField(label="地区", help_text="本县的选县；跨县的选设区市；跨市、跨省的由省协同提质办建立。")
    name = forms.CharField(label="名称", max_length=80, help_text="如“某某小学城乡发展共同体”。")
    lead = UnitNameField(label="牵头校", help_text="填学校全称或简称。")
    members = UnitNamesField(
        label="成员校",
        help_text="一所或几所，用“、”隔开。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    since = day_field("自哪天起", initial=timezone.localdate)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = [unit.pk for unit in possible_areas(user)]
        self.fields["area"].queryset = Unit.objects.filter(pk__in=areas)  # type: ignore[attr-defined]
        self.fields["kind"].queryset = community_kinds()  # type: ignore[attr-defined]
        if len(areas) == 1:
            self.fields["area"].initial = areas[0]


class AddForm(PlainForm):
    """One more member."""

    school = UnitNameField(label="学校", help_text="填学校全称或简称。")
    since = day_field("自哪天起", initial=timezone.localdate)


class LeaveForm(PlainForm):
    """A member leaves, or the whole community ends."""

    last_day = day_field("最后一天", initial=timezone.localdate)
    reason = forms.CharField(label="理由", max_length=500)


class LeadForm(PlainForm):
    """Another lead."""

    school = UnitNameField(label="新牵头校", help_text="填学校全称或简称。")
    since = day_field("自哪天起", initial=timezone.localdate)
    stays = forms.BooleanField(label="原牵头校留下作成员校", required=False, initial=True)


class RenameCommunityForm(PlainForm):
    """Another name."""

    name = forms.CharField(label="名称", max_length=80)


class PlanForm(PlainForm):
    """The plan of a school year."""

    text = forms.CharField(
        label="规划内容",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="写目标、分工、进度安排；已有文件的，保存后在下面添加附件即可。",
    )


class GroupForm(PlainForm):
    """A 领导小组, one line each."""

    text = forms.CharField(
        label="领导小组",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "组长：校长\n副组长：教学副校长\n成员：教务主任"}),
        help_text="一人一行，写成“组长：校长”的样子。可以只写职务，不写姓名。",
    )


class WordsForm(PlainForm):
    """A few words on a duty."""

    text = forms.CharField(
        label="本学期做了什么",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="500字以内。活动和人员往来不必重写，页面会自动列出。",
    )


class PolicyForm(PlainForm):
    """What an area calls its communities, and its offices for each duty."""

    label = forms.CharField(label="本地名称", max_length=30, help_text="如“城乡发展共同体”。")
    document = forms.CharField(label="依据文件", max_length=150, required=False)

    def __init__(self, *args: Any, policy: CommunityPolicy | None, **kwargs: Any) -> None:
        self.duties = list(CommunityDuty.objects.all())
        offices = {row.duty_id: row for row in policy.offices.all()} if policy else {}
        initial = {"label": policy.label, "document": policy.document} if policy else {}
        for duty in self.duties:
            row = offices.get(duty.pk)
            initial |= {f"lead-{duty.pk}": row.lead_office, f"offices-{duty.pk}": row.offices} if row else {}
        super().__init__(*args, initial=initial, **kwargs)
        for duty in self.duties:
            for name, word, longest in (("lead", "牵头科室", 60), ("offices", "责任科室", 120)):
                widget = forms.TextInput(attrs={"class": "form-control"})
                label = f"{duty.name}：{word}"
                self.fields[f"{name}-{duty.pk}"] = forms.CharField(
                    label=label, max_length=longest, required=False, widget=widget
                )

    def offices(self) -> dict[CommunityDuty, tuple[str, str]]:
        """By duty: 牵头科室 and 责任科室."""
        data = self.cleaned_data
        return {duty: (data[f"lead-{duty.pk}"], data[f"offices-{duty.pk}"]) for duty in self.duties}


def group_text(community: Community, school: Unit | None) -> str:
    """A 领导小组 as it is typed."""
    return "\n".join(str(seat) for seat in community.seats.filter(school=school))
