"""Forms of the register of pilots and of schools' profiles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from pilots.models import SchoolProfile, SchoolStage, SelectionRound
from pilots.queries.pilot import MODELS
from pilots.services.school_profile import LONGEST_CONDITION, ProfileFacts
from portal.accounts.forms.base import PlainForm, day_field, search_field
from portal.accounts.forms.counted import CountedForm
from portal.accounts.forms.unit_names import UnitNameField
from portal.accounts.queries.unit import units
from portal.accounts.roles import UnitKind
from portal.periods import Period, parse_period, school_year_of

#: School years that the list of schools offers, this one included.
YEARS_BACK = 6


class AreaChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A prefecture to narrow by."""

    def __init__(self) -> None:
        super().__init__(
            queryset=units().filter(kind=UnitKind.PREFECTURE),
            label="设区市",
            required=False,
            empty_label="全部设区市",
            error_messages={"invalid_choice": "没有这个设区市，请重新选择。"},
        )


class PilotFilter(CountedForm):
    """Filters of the list of pilots; ``stage`` narrows schools only."""

    standing = forms.ChoiceField(
        label="状况", required=False, choices=[("", "现在的试点"), ("past", "已退出或到期"), ("all", "全部")]
    )
    round = forms.ModelChoiceField(
        queryset=SelectionRound.objects.none(), label="遴选批次", required=False, empty_label="全部批次"
    )
    stage = forms.ModelChoiceField(
        queryset=SchoolStage.objects.all(), label="学段", required=False, empty_label="全部学段"
    )
    text = search_field("名称")

    def __init__(self, data: Any, *, level: str) -> None:
        super().__init__(data)
        self.fields["area"] = area = AreaChoice()
        area.widget.attrs["class"] = "form-select"
        self.order_fields(["area", "round", "stage", "standing", "text"])
        rounds: Any = self.fields["round"]
        rounds.queryset = SelectionRound.objects.filter(level=level, candidates__state="confirmed").distinct()
        if level != SelectionRound.Level.SCHOOL:
            del self.fields["stage"]


class EnterPilotForm(PlainForm):
    """A pilot of the past."""

    unit = UnitNameField(label="单位", help_text="填写县（市、区）或学校的全称、简称或编码。")
    since = day_field("试点起始日期")
    until = day_field("试点截止日期", required=False, help_text="不填就没有期限。")
    basis = forms.CharField(label="依据", max_length=200, required=False, help_text="例如公布名单的文件。")


class WithdrawForm(PlainForm):
    """退出试点."""

    last_day = day_field("试点最后一日", initial=timezone.localdate)
    reason = forms.CharField(
        label="退出理由", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


def model_of(level: str) -> Any:
    """The register of a level, or None for no such level."""
    return MODELS.get(level)


class SchoolFilter(CountedForm):
    """Filters of the list of schools and their profiles."""

    year = forms.ChoiceField(label="学年", required=False)
    stage = forms.ModelChoiceField(
        queryset=SchoolStage.objects.all(), label="学段", required=False, empty_label="全部学段"
    )
    place = forms.ChoiceField(
        label="所在地", required=False, choices=[("", "城区、镇区、乡村"), *SchoolProfile.Area.choices]
    )
    filled = forms.ChoiceField(
        label="填写情况", required=False, choices=[("", "全部"), ("yes", "已填写"), ("no", "未填写")]
    )
    text = search_field("学校名称")
    central = forms.BooleanField(label="只看乡村中心学校", required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["area"] = area = AreaChoice()
        area.widget.attrs["class"] = "form-select"
        self.order_fields(["year", "area", "stage", "place", "filled", "text", "central"])
        years: Any = self.fields["year"]
        years.choices = [(year.key, year.label) for year in recent_school_years()]

    def chosen_year(self) -> Period:
        """The school year of the list, this one unless another was chosen."""
        key = str(self.narrowing().get("year", ""))
        return parse_period(key) or recent_school_years()[0]


def recent_school_years() -> list[Period]:
    """This school year and some before it, the latest first."""
    this = school_year_of(timezone.localdate())
    return [school_year_of(this.start.replace(year=this.start.year - back)) for back in range(YEARS_BACK)]


def _count(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=2_000_000_000,
        help_text=help_text,
        error_messages={
            "invalid": f"{label}请填数字。",
            "min_value": f"{label}不能是负数。",
            "max_value": f"{label}过大，请核对。",
        },
    )


class ProfileForm(PlainForm):
    """What a school looks like in a school year."""

    stage = forms.ModelChoiceField(
        queryset=SchoolStage.objects.filter(is_active=True), label="学段", empty_label="请选择"
    )
    area = forms.ChoiceField(label="所在地", choices=[("", "请选择"), *SchoolProfile.Area.choices])
    is_rural_central = forms.BooleanField(label="乡村中心学校", required=False)
    pupils = _count("学生人数")
    classes = _count("班级数")
    teachers = _count("专任教师人数", "在本校任课的专任教师，不含后勤人员。")
    condition = forms.CharField(
        label="办学条件",
        required=False,
        max_length=LONGEST_CONDITION,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="简要说明校舍、功能室、设备等，可以不填。",
        error_messages={"max_length": f"办学条件超过{LONGEST_CONDITION}字，请缩短。"},
    )

    def facts(self) -> ProfileFacts:
        return ProfileFacts(**self.cleaned_data)
