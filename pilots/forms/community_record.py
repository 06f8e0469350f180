"""The form of a community's record: it asks what its kind needs, no more, and fits a phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from pilots.models import Community, CommunityRecord, CommunityRecordKind
from pilots.services.community_record import MOST, RecordFacts
from portal.accounts.forms.base import UNREADABLE, PlainForm, day_field
from portal.accounts.models import Unit

Shape = CommunityRecordKind.Shape
Side = CommunityRecordKind.Side

#: By shape: who gives, who takes, what is told, and an example of it.
_LABELS = {
    Shape.PEOPLE: ("派出学校", "接收学校", "担任的岗位", "如“副校长”“语文教师”，只写岗位。"),
    Shape.PAIR: ("牵头或指导一方", "另一方（可以不选）", "名称或结对双方的岗位", "如“骨干教师与青年教师”。"),
    Shape.SHARED: ("提供学校", "共享学校（不选为全体成员校）", "共享的内容", "如“图书馆”“劳动教育课程”。"),
}


class RecordForm(PlainForm):
    """One record of a kind. The schools offered are those that ever were in the community."""

    giver = forms.ModelChoiceField(label="", queryset=Unit.objects.none(), empty_label="请选择")
    taker = forms.ModelChoiceField(label="", queryset=Unit.objects.none(), empty_label="请选择", required=False)
    what = forms.CharField(label="", max_length=100)
    person = forms.CharField(
        label="姓名", max_length=50, required=False, help_text="可以不填；出具服务证明时再填也可以。"
    )
    subject = forms.CharField(label="学科", max_length=20, required=False, help_text="如“音乐”；与学科无关的不填。")
    number = forms.IntegerField(
        label="数量",
        min_value=1,
        max_value=MOST,
        initial=1,
        error_messages={"invalid": "数量请填整数。", "min_value": "数量至少为1。"},
    )
    start = day_field("开始日期", initial=timezone.localdate)
    end = day_field("结束日期", required=False, help_text="还在进行的不填。")
    days = forms.IntegerField(
        label="实际天数",
        min_value=1,
        max_value=5000,
        required=False,
        help_text="不是每天都在岗的（如走教）填写；全程在岗的不填。",
        error_messages={"invalid": "实际天数请填整数。"},
    )

    def __init__(
        self,
        *args: Any,
        community: Community,
        kind: CommunityRecordKind,
        record: CommunityRecord | None = None,
        own: list[Unit] | None = None,
        **kwargs: Any,
    ) -> None:
        initial = (
            _initial(community, kind, own or [])
            if record is None
            else {
                name: getattr(record, f"{name}_id" if name in ("giver", "taker") else name)
                for name in ("giver", "taker", "what", "person", "subject", "number", "start", "end", "days")
            }
        )
        super().__init__(*args, initial=initial, **kwargs)
        self.kind = kind
        shape = Shape(kind.shape)
        giver, taker, what, example = _LABELS[shape]
        for name, label in (("giver", giver), ("taker", taker), ("what", what)):
            self.fields[name].label = label
        for name in ("giver", "what"):
            verb = "选择" if name == "giver" else "填写"
            self.fields[name].error_messages["required"] = f"请{verb}{self.fields[name].label}。"
        self.fields["what"].help_text = example
        self.fields["number"].label = f"数量（{kind.measure}）"
        schools = Unit.objects.filter(community_memberships__community=community).distinct()
        for name in ("giver", "taker"):
            self.fields[name].queryset = schools  # type: ignore[attr-defined]
        self.fields["taker"].required = shape == Shape.PEOPLE
        self.fields["taker"].error_messages["required"] = "请选择接收学校。"
        if shape != Shape.PEOPLE:
            for name in ("person", "days"):
                del self.fields[name]
        for field in self.fields.values():
            field.error_messages["null_characters_not_allowed"] = UNREADABLE

    def facts(self) -> RecordFacts:
        """What was typed, for the service."""
        return RecordFacts(kind=self.kind, **self.cleaned_data)


class CertifyForm(PlainForm):
    """To whom the service is certified."""

    person = forms.CharField(label="姓名", max_length=50, help_text="证明上写明的本人姓名。")


def _initial(community: Community, kind: CommunityRecordKind, own: list[Unit]) -> dict[str, Any]:
    """The lead stands on its side already; a school that writes stands on the other."""
    lead = community.memberships.filter(role="lead", during__contains=timezone.localdate()).first()
    if lead is None:
        return {}
    mine = next((school.pk for school in own if school.pk != lead.school_id), None)
    if kind.lead_side == Side.SENDS:
        return {"giver": lead.school_id, "taker": mine}
    if kind.lead_side == Side.RECEIVES:
        return {"giver": mine, "taker": lead.school_id}
    return {"giver": own[0].pk if own else lead.school_id}
