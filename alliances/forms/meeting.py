"""Forms of meetings: calling one, its papers afterwards, narrowing the list and choosing the calendar's month."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone

from alliances.models import Invitation, JointBody, JointMeeting, Partnership
from alliances.queries.partnership import pairs_of_posts, partnerships_on
from alliances.rules.meeting import hosting_units
from alliances.rules.posts import reads_all
from alliances.services.meeting import Planned
from alliances.services.meeting_papers import Decided
from alliances.states.meeting import MeetingState
from portal.accounts.forms.base import NarrowingForm, PlainForm, UnitField, day_field, search_field
from portal.accounts.forms.unit_names import UnitNameField, UnitNamesField
from portal.accounts.models import Unit, User
from portal.accounts.validators import is_sensible

#: What stands between a point of the agenda and who speaks to it.
_SPEAKER = re.compile(r"——|\|")
LONGEST_POINT, LONGEST_SPEAKER = 200, 100


class MeetingForm(PlainForm):
    """召集会议. Who hosts is asked only where there is more than one; a day that is past asks for the minutes."""

    host = UnitField(label="召集单位")
    partnership: forms.ModelChoiceField[Partnership] = forms.ModelChoiceField(
        label="哪一对结对的会议",
        required=False,
        queryset=Partnership.objects.none(),
        empty_label="不限于某一对",
        help_text="选定后，双方自动列入参会单位，议定事项列入这一对的工作清单。",
    )
    body: forms.ModelChoiceField[JointBody] = forms.ModelChoiceField(
        label="由联合机构召开", required=False, queryset=JointBody.objects.none(), empty_label="不是"
    )
    kind = forms.ChoiceField(label="类型", choices=JointMeeting.Kind.choices)
    title = forms.CharField(label="名称", max_length=100)
    start = day_field("日期")
    end = day_field("结束日期", required=False, help_text="只开一天的不必填。")
    begins_at = forms.TimeField(
        label="开始时间",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "时间请写成9:00的样子。"},
    )
    place = forms.CharField(label="地点", max_length=200, required=False)
    invited = UnitNamesField(label="参会单位", required=False)
    agenda = forms.CharField(
        label="议程",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="一行一个议题；有发言单位的写在“——”后面，例如：通报上学期进展——教育局。",
    )
    minutes = forms.CharField(
        label="纪要",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="补登已经开过的会议时填写；新的会议不填。",
    )

    def __init__(self, *args: Any, user: User, meeting: JointMeeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hosts = [meeting.host] if meeting else hosting_units(user)
        pairs = partnerships_on()
        pairs = pairs if reads_all(user) else pairs.filter(pairs_of_posts(user))
        self.fields["host"].queryset = Unit.objects.filter(pk__in=[one.pk for one in self._hosts])  # type: ignore[attr-defined]
        self.fields["partnership"].queryset = pairs  # type: ignore[attr-defined]
        self.fields["body"].queryset = JointBody.objects.all()  # type: ignore[attr-defined]
        unasked = {
            "host": len(self._hosts) < 2,
            "partnership": meeting is not None,
            "minutes": meeting is not None,
            "body": not JointBody.objects.exists(),
        }
        for name in (name for name, is_clear in unasked.items() if is_clear):
            del self.fields[name]

    def clean_agenda(self) -> list[tuple[str, str]]:
        points = [_SPEAKER.split(line.strip(), 1) for line in self.cleaned_data["agenda"].splitlines() if line.strip()]
        rows = [(point[0].strip(), point[1].strip() if len(point) > 1 else "") for point in points]
        if any(len(text) > LONGEST_POINT or len(speaker) > LONGEST_SPEAKER for text, speaker in rows):
            raise forms.ValidationError(f"每个议题最多{LONGEST_POINT}字，发言单位最多{LONGEST_SPEAKER}字，请缩短。")
        return rows

    def hosting_unit(self) -> Unit:
        """Who hosts; call it on a valid form."""
        return self.cleaned_data.get("host") or self._hosts[0]

    def planned(self) -> Planned:
        """The meeting itself; call it on a valid form."""
        given = self.cleaned_data
        names = ("title", "start", "end", "kind", "begins_at", "place", "agenda")
        return Planned(**{name: given[name] for name in names}, body=given.get("body"))


class MinutesForm(PlainForm):
    """The text of the minutes; a file may be added beside it."""

    minutes = forms.CharField(label="纪要", required=False, widget=forms.Textarea(attrs={"rows": 10}))


class AttendanceForm(PlainForm):
    """Whether one unit came, and who for it."""

    pk = forms.IntegerField(widget=forms.HiddenInput)
    attendance = forms.ChoiceField(label="出席情况", required=False, choices=Invitation.Attendance.choices)
    people = forms.CharField(label="出席人员（职务）", required=False, max_length=200)


class DecisionForm(PlainForm):
    """One thing that was decided; an empty row is none."""

    text = forms.CharField(label="议定事项", required=False, max_length=200)
    owner = UnitNameField(label="责任单位", required=False, max_length=100)
    owner_post = forms.CharField(label="责任岗位", required=False, max_length=60)
    due = day_field("完成期限", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("text") and "owner" not in self.errors and cleaned.get("owner") is None:
            self.add_error("owner", "请填写由哪个单位办理。")
        if not cleaned.get("text") and (cleaned.get("owner") or cleaned.get("due")):
            self.add_error("text", "请填写议定了什么。")
        return cleaned


AttendanceFormSet = formset_factory(AttendanceForm, extra=0)
DecisionFormSet = formset_factory(DecisionForm, extra=3)


def decided(rows: BaseFormSet[DecisionForm]) -> list[Decided]:
    """The rows that say something; call it on a valid set."""
    given = [form.cleaned_data for form in rows if form.cleaned_data.get("text")]
    return [Decided(row["text"], row["owner"], row["owner_post"], row["due"]) for row in given]


class MeetingFilterForm(NarrowingForm):
    """Filters of the list."""

    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部类型"), *JointMeeting.Kind.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *MeetingState.choices])
    text = search_field("名称、地点或召集单位")


def month_wanted(text: str) -> date:
    """The first day of the month in the address (``2024-11``); this month where it says none."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", text)
    if match and 1 <= int(match[2]) <= 12 and int(match[1]) > 0:
        first = date(int(match[1]), int(match[2]), 1)
        if is_sensible(first):
            return first
    return timezone.localdate().replace(day=1)
