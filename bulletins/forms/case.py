"""Forms of cases: beginning one, its facts and parts, the list's filters, experts, and a place in an issue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from alliances.models import Need
from bulletins.casebook import Part
from bulletins.forms.desk import PrintedWordsForm
from bulletins.models import Case, CaseFrame, Issue, Section
from bulletins.queries.case import case_areas, frames
from bulletins.queries.issue import open_issues
from bulletins.services.case import LONGEST_TITLE, CaseFacts
from bulletins.states.case import CaseState
from bulletins.validators import LONGEST_ENTRY
from portal.accounts.forms.base import UNREADABLE, NarrowingForm, PlainForm, UnitField, day_field, search_field
from portal.accounts.forms.unit_names import UnitNameField, UnitNamesField
from portal.accounts.models import Unit, User
from portal.text.official import official_date

#: Fields of the parts stand in the form by their place: ``part_0``, ``part_1`` …
PART = "part_"
#: Days that experts mostly get.
USUAL_DAYS = 14
STAGES = [("", "全部学段"), *Need.Stage.choices]


class CaseFilterForm(NarrowingForm):
    """Filters of the list, as ``listed_cases`` takes them."""

    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *CaseState.choices])
    topic = forms.ChoiceField(label="主题", required=False)
    stage = forms.ChoiceField(label="学段", required=False, choices=STAGES)
    area = UnitField(label="地区", required=False)
    unit = UnitNameField(label="牵头单位", required=False)
    text = search_field("标题或单位")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = dict.fromkeys(topic for frame in CaseFrame.objects.all() for topic in frame.topics)
        self.fields["topic"].choices = [("", "全部主题"), *((topic, topic) for topic in topics)]  # type: ignore[attr-defined]
        self.fields["area"].queryset = case_areas()  # type: ignore[attr-defined]
        self.fields["area"].empty_label = "全部地区"  # type: ignore[attr-defined]


class NewCaseForm(PlainForm):
    """In which frame, and for which of the person's units."""

    frame: forms.ModelChoiceField[CaseFrame] = forms.ModelChoiceField(
        label="案例框架", queryset=CaseFrame.objects.none(), empty_label=None
    )
    unit = UnitField(label="牵头单位")

    def __init__(self, *args: Any, own: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["frame"].queryset = frames()  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in own])  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = None  # type: ignore[attr-defined]


class CaseForm(PlainForm):
    """A case: its facts, and a field for each part with the frame's hint and bounds."""

    title = forms.CharField(label="标题", required=False, help_text=f"一句话说明做法和特点，不超过{LONGEST_TITLE}字。")
    topic = forms.ChoiceField(label="主题", required=False)
    stage = forms.ChoiceField(label="学段", choices=Need.Stage.choices)
    area = UnitNameField(label="所在地区", required=False, help_text="案例讲的是哪个设区市、县（市、区）或合作地区。")
    partners = UnitNamesField(label="合作单位", required=False)
    other_partners = forms.CharField(
        label="其他合作单位", required=False, max_length=200, help_text="不在平台上的单位，写名称即可。"
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = case.own_parts
        topics = dict.fromkeys([*case.frame.topics, *([case.topic] if case.topic else [])])
        self.fields["topic"].choices = [("", "请选择"), *((topic, topic) for topic in topics)]  # type: ignore[attr-defined]
        for number, part in enumerate(self.parts):
            self.fields[f"{PART}{number}"] = _part_field(part)

    @property
    def part_fields(self) -> list[tuple[Part, forms.BoundField]]:
        return [(part, self[f"{PART}{number}"]) for number, part in enumerate(self.parts)]

    def facts(self) -> CaseFacts:
        """The case that was typed; call once the form is valid."""
        given = self.cleaned_data
        names = ("title", "topic", "stage", "area", "partners", "other_partners")
        texts = {part.name: _plain(given[f"{PART}{number}"]) for number, part in enumerate(self.parts)}
        return CaseFacts(texts=texts, **{name: given[name] for name in names})


def case_initial(case: Case) -> dict[str, Any]:
    """What a form shows of a case that stands."""
    names = ("title", "topic", "stage", "other_partners", "version")
    return {
        **{name: getattr(case, name) for name in names},
        "area": case.area.name if case.area else "",
        "partners": "、".join(unit.name for unit in case.partners.all()),
        **{f"{PART}{number}": part.text for number, part in enumerate(case.own_parts)},
    }


def _part_field(part: Part) -> forms.CharField:
    rows = 6 if part.most <= 1_000 else 10 if part.most <= 2_000 else 22
    area = forms.Textarea(
        attrs={"rows": rows, "class": "form-control", "data-least": part.least, "data-most": part.most}
    )
    return forms.CharField(
        label=part.name,
        required=False,
        strip=False,
        widget=area,
        error_messages={"null_characters_not_allowed": UNREADABLE},
    )


def _plain(text: str) -> str:
    """Browsers send CRLF; stored is LF, so that an untouched text equals itself."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class AssignForm(PlainForm):
    """Which experts shall score a case, and until when."""

    experts: forms.ModelMultipleChoiceField[User] = forms.ModelMultipleChoiceField(
        label="评审专家",
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={
            "required": "请至少选择一位专家。",
            "invalid_choice": "所选专家与本案例有关或已不是专家，请重新选择。",
        },
    )
    due = day_field("评分截止日期", initial=lambda: timezone.localdate() + timedelta(days=USUAL_DAYS))

    def __init__(self, *args: Any, experts: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = User.objects.filter(pk__in=[user.pk for user in experts]).order_by("name", "username")
        self.fields["experts"].queryset = chosen  # type: ignore[attr-defined]
        self.fields["experts"].error_messages["required"] = "请至少选择一位专家。"


class IssueField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A choice of issues in the making, which have no number yet: told apart by their day."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}，报头日期{official_date(obj.issue_date)}"


class OfferForm(PrintedWordsForm):
    """Into which issue and section a case goes, and the short version that the editor writes."""

    longest = LONGEST_ENTRY

    issue = IssueField(label="编入哪一期", queryset=Issue.objects.none(), empty_label=None)
    section: forms.ModelChoiceField[Section] = forms.ModelChoiceField(
        label="栏目", queryset=Section.objects.none(), empty_label="请选择栏目"
    )
    field_order = ["issue", "section", "lead", "text"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issue"].queryset = open_issues(user)  # type: ignore[attr-defined]
        self.fields["section"].queryset = Section.objects.order_by("order", "pk")  # type: ignore[attr-defined]
        for name in ("issue", "section"):
            self.fields[name].widget.attrs["class"] = "form-select"
            self.fields[name].error_messages["required"] = f"请选择{self.fields[name].label}。"
